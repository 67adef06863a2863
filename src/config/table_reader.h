// SPDX-License-Identifier: GPL-3.0-or-later
// Reading one TOML table after the other, with every mistake told by its place.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heliograph::config {

// Number of single-character edits between two keys (Levenshtein).
inline std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] =
                std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

// What an unknown key may have been meant as: "did you mean 'title'?", or which keys there are
// where none is like it. REQUIRES: there is a known key.
inline std::string hint_for(std::string_view key, const std::vector<std::string>& known) {
    const auto nearest = std::ranges::min_element(
        known, {}, [&](const std::string& one) { return distance(one, key); });
    const bool is_like = distance(*nearest, key) <= std::max<std::size_t>(2, key.size() / 3);
    const auto longer =
        std::ranges::find_if(known, [&](const std::string& one) { return one.starts_with(key); });
    if (is_like) return fmt::format("did you mean '{}'?", *nearest);
    if (longer != known.end()) return fmt::format("did you mean '{}'?", *longer);
    return fmt::format("there are {}", fmt::join(known, ", "));
}

// Everything that is wrong, in the order it was found.
class Problems {
  public:
    explicit Problems(std::string file_name) : file_name_(std::move(file_name)) {}

    void add(const toml::source_position& place, const std::string& what) {
        if (!text_.empty()) text_ += '\n';
        text_ += fmt::format("{}:{}:{}: {}", file_name_, place.line, place.column, what);
    }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string file_name_;
    std::string text_;
};

enum class Need : std::uint8_t { kOptional, kRequired };
enum class Numbers : std::uint8_t { kRefused, kAllowed };

// One table: hands out its values by key, and remembers which keys there are, so that finish() can
// tell the unknown ones.
class TableReader {
  public:
    TableReader(const toml::table& table, std::string name, Problems& problems)
        : table_(table), name_(std::move(name)), problems_(problems) {}

    std::string string(std::string_view key, Need need = Need::kOptional,
                       std::string otherwise = {}) {
        const toml::node* node = find(key, need);
        if (node == nullptr) return otherwise;
        if (const auto* value = node->as_string()) {
            if (need == Need::kRequired && value->get().empty())
                complain(*node, key, "must not be empty");
            return value->get();
        }
        complain(*node, key, "must be a string in quotes");
        return otherwise;
    }
    bool boolean(std::string_view key, bool otherwise) {
        const toml::node* node = find(key, Need::kOptional);
        if (node == nullptr) return otherwise;
        if (const auto* value = node->as_boolean()) return value->get();
        complain(*node, key, "must be true or false");
        return otherwise;
    }
    int integer(std::string_view key, int otherwise, int least, int most) {
        const toml::node* node = find(key, Need::kOptional);
        if (node == nullptr) return otherwise;
        const auto* value = node->as_integer();
        if (value != nullptr && value->get() >= least && value->get() <= most) {
            return static_cast<int>(value->get());
        }
        complain(*node, key, fmt::format("must be a whole number from {} to {}", least, most));
        return otherwise;
    }
    // A number of bytes or of things; 0 when it is missing or wrong, which is told.
    std::uint64_t large_integer(std::string_view key) {
        const toml::node* node = find(key, Need::kRequired);
        if (node == nullptr) return 0;
        const auto* value = node->as_integer();
        if (value != nullptr && value->get() > 0) return static_cast<std::uint64_t>(value->get());
        complain(*node, key, "must be a whole number above 0");
        return 0;
    }
    // One of a few words; gives its index.
    std::size_t choice(std::string_view key, std::span<const std::string_view> words, Need need) {
        const std::string word = string(key, need, std::string(words.front()));
        const auto found = std::ranges::find(words, word);
        if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
        complain(*table_.get(key), key, fmt::format("must be one of {}", fmt::join(words, ", ")));
        return 0;
    }
    // The tables of an array, each with its place.
    std::vector<const toml::table*> tables(std::string_view key) {
        std::vector<const toml::table*> out;
        const toml::node* node = find(key, Need::kOptional);
        if (node == nullptr) return out;
        const auto* array = node->as_array();
        if (array == nullptr) {
            complain(*node, key, "must be a list of tables");
            return out;
        }
        for (const toml::node& element : *array) {
            if (const auto* inner = element.as_table()) {
                out.push_back(inner);
            } else {
                complain(element, key, "must hold tables only");
            }
        }
        return out;
    }
    // A list of texts.
    std::vector<std::string> texts(std::string_view key) {
        std::vector<std::string> out;
        const toml::node* node = find(key, Need::kOptional);
        if (node == nullptr) return out;
        const auto* array = node->as_array();
        if (array == nullptr) {
            complain(*node, key, "must be a list of strings in quotes");
            return out;
        }
        for (const toml::node& element : *array) {
            const auto* value = element.as_string();
            if (value != nullptr && !value->get().empty()) {
                out.push_back(value->get());
            } else {
                complain(element, key, "must hold strings in quotes only, none of them empty");
            }
        }
        return out;
    }
    // A table of texts, by key; also whole numbers where these may be.
    std::vector<std::pair<std::string, std::string>> strings(std::string_view key,
                                                             Numbers numbers = Numbers::kRefused) {
        std::vector<std::pair<std::string, std::string>> out;
        const toml::table* inner = table(key);
        if (inner == nullptr) return out;
        for (const auto& [name, node] : *inner) {
            if (const auto* value = node.as_string()) {
                out.emplace_back(name.str(), value->get());
            } else if (const auto* number = node.as_integer();
                       number != nullptr && numbers == Numbers::kAllowed) {
                out.emplace_back(name.str(), std::to_string(number->get()));
            } else {
                complain(node, key, "must hold strings in quotes only");
            }
        }
        return out;
    }
    const toml::table* table(std::string_view key) {
        const toml::node* node = find(key, Need::kOptional);
        if (node == nullptr) return nullptr;
        if (const auto* inner = node->as_table()) return inner;
        complain(*node, key, "must be a table");
        return nullptr;
    }
    void complain(std::string_view key, const std::string& what) {
        const toml::node* node = table_.get(key);
        complain(node != nullptr ? *node : table_, key, what);
    }
    void finish() {
        for (const auto& [key, value] : table_) {
            if (std::ranges::find(known_, key.str()) != known_.end()) continue;
            problems_.add(key.source().begin, fmt::format("unknown key '{}' in {}; {}", key.str(),
                                                          name_, hint_for(key.str(), known_)));
        }
    }

  private:
    const toml::node* find(std::string_view key, Need need) {
        known_.emplace_back(key);
        const toml::node* node = table_.get(key);
        if (node == nullptr && need == Need::kRequired) {
            problems_.add(table_.source().begin, fmt::format("{} needs the key '{}'", name_, key));
        }
        return node;
    }
    void complain(const toml::node& node, std::string_view key, const std::string& what) {
        problems_.add(node.source().begin, fmt::format("'{}' in {} {}", key, name_, what));
    }

    const toml::table& table_;
    std::string name_;
    Problems& problems_;
    std::vector<std::string> known_;
};

}  // namespace heliograph::config
