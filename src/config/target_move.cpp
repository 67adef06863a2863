// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/target_move.h"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "config/config.h"
#include "config/toml_text.h"

namespace heliograph::config {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    if (!out.empty() && !out.back().ends_with('\n')) out.back() += '\n';
    return out;
}

// First and last line of a table of an array, counted from 0: its header, and the last of its
// values.
struct Block {
    std::size_t first = 0;
    std::size_t last = 0;
};

std::optional<Block> block_of(const toml::table& table, const std::vector<std::string>& lines) {
    Block block{.first = table.source().begin.line - 1U, .last = table.source().begin.line - 1U};
    if (block.first >= lines.size()) return std::nullopt;
    const std::size_t mark = lines[block.first].find_first_not_of(" \t");
    if (mark == std::string::npos || !lines[block.first].substr(mark).starts_with("[["))
        return std::nullopt;  // an inline table, which has no lines of its own
    for (const auto& [key, value] : table)
        block.last = std::max<std::size_t>(block.last, value.source().end.line - 1U);
    return block;
}

// Sets `key` in the lines of a block, keeping what else stands on its line; a new key comes right
// after the header. `table` is where the block's values are in the original text, whose line
// `block.first` is now line `at` of `lines`.
void set_value(std::vector<std::string>& lines, std::size_t at, const Block& block,
               const toml::table& table, std::string_view key, const std::string& value) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                     fmt::format("{} = {}\n", key, toml_text(value)));
        return;
    }
    const toml::source_region& place = node->source();
    std::string& line = lines[place.begin.line - 1U - block.first + at];
    // Columns count characters. Values before ours on the line there are none, and a key of this
    // program is ASCII; so begin is exact, and the value ends with the quote it began with.
    const std::size_t begin = place.begin.column - 1U;
    std::size_t end = begin + 1;
    while (end < line.size() && line[end] != line[begin])
        end += line[begin] == '"' && line[end] == '\\' ? 2 : 1;
    line.replace(begin, std::min(end + 1, line.size()) - begin, toml_text(value));
}

using Settings = std::vector<std::pair<std::string, std::string>>;

// "https://s3.example/bucket/prefix" as the three keys have it.
Result<Settings> bucket_settings(std::string_view address, bool had_prefix) {
    const std::size_t scheme = address.find("://");
    const std::size_t slash =
        scheme == std::string_view::npos ? scheme : address.find('/', scheme + 3);
    const std::string_view rest =
        slash == std::string_view::npos ? std::string_view() : address.substr(slash + 1);
    const std::string_view bucket = rest.substr(0, rest.find('/'));
    if (bucket.empty())
        return fail(ErrorCode::kConfig,
                    fmt::format("'{}' names no bucket: say https://ENDPOINT/BUCKET or "
                                "https://ENDPOINT/BUCKET/PREFIX",
                                address));
    Settings out{{"endpoint", std::string(address.substr(0, slash + 1))},
                 {"bucket", std::string(bucket)}};
    const std::string prefix(rest.substr(std::min(bucket.size() + 1, rest.size())));
    if (had_prefix || !prefix.empty()) out.emplace_back("prefix", prefix);
    return out;
}

// What the successor has of its own: where it is, and what the operator said.
Result<Settings> settings_of(const Target& old, const TargetMove& move) {
    Settings out;
    if (old.kind == TargetKind::kS3) {
        auto place = bucket_settings(move.to, !old.s3.prefix.empty());
        if (!place) return place;
        out = *std::move(place);
    } else {
        out.emplace_back(old.kind == TargetKind::kGit ? "remote" : "path", move.to);
    }
    out.emplace_back("base_url", move.base_url);
    for (const std::string& setting : move.settings) {
        const std::size_t equals = setting.find('=');
        if (equals == 0 || equals == std::string::npos)
            return fail(ErrorCode::kConfig,
                        fmt::format("'{}' is no setting: say KEY=VALUE", setting));
        out.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
    }
    return out;
}

}  // namespace

Result<MovedConfig> move_target(std::string_view toml, const std::string& file_name,
                                const TargetMove& move) {
    const auto config = parse_config(toml, file_name);
    if (!config) return std::unexpected(config.error());
    const auto from = std::ranges::find(config->targets, move.from, &Target::name);
    if (from == config->targets.end())
        return fail(ErrorCode::kNotFound,
                    fmt::format("no target '{}' in '{}'", move.from, file_name));
    auto settings = settings_of(*from, move);
    if (!settings) return std::unexpected(std::move(settings).error());
    const toml::table root = toml::parse(toml, file_name);
    std::vector<std::string> lines = lines_of(toml);

    // From the end of the file to its beginning, so that places found before stay right.
    const std::string new_base = move.base_url.ends_with('/') ? move.base_url : move.base_url + "/";
    struct Edit {
        const toml::table* table;
        std::string key;
        std::string value;
    };
    std::vector<Edit> edits;
    if (const auto* companions = root["companion"].as_array())
        for (const toml::node& node : *companions) {
            const toml::table& table = *node.as_table();
            const std::string url = table["url"].value_or(std::string());
            if (url.starts_with(from->base_url) || url + "/" == from->base_url) {
                std::string moved = new_base;
                if (url.size() > from->base_url.size()) moved += url.substr(from->base_url.size());
                edits.push_back({&table, "url", std::move(moved)});
            }
        }
    const toml::array& targets = *root["target"].as_array();
    const toml::table& old =
        *targets[static_cast<std::size_t>(from - config->targets.begin())].as_table();
    // Values that are there already first: a new key moves the lines of those after it.
    const auto put_known_first = [&](const toml::table& table) {
        std::ranges::stable_partition(
            *settings, [&](const auto& setting) { return table.contains(setting.first); });
        return std::ranges::all_of(*settings, [&](const auto& setting) {
            const toml::node* node = table.get(setting.first);
            return node == nullptr || node->is_string();
        });
    };
    const auto not_text = [&] {
        return fail(ErrorCode::kConfig,
                    "only settings whose value is a text can be given here: write the others into "
                    "the configuration afterwards");
    };
    const auto known = std::ranges::find(config->targets, from->moved_to, &Target::name);
    MovedConfig out;
    std::vector<std::string> copy;
    if (known != config->targets.end() && (move.name.empty() || move.name == known->name)) {
        const toml::table& next =
            *targets[static_cast<std::size_t>(known - config->targets.begin())].as_table();
        out.name = known->name;
        if (!put_known_first(next)) return not_text();
        for (const auto& [key, value] : *settings) edits.push_back({&next, key, value});
    } else {
        const auto block = block_of(old, lines);
        if (!block)
            return fail(ErrorCode::kConfig,
                        fmt::format("'{}': write target '{}' as a [[target]] of its own lines "
                                    "first",
                                    file_name, move.from));
        std::set<std::string> taken;
        for (const Target& target : config->targets) taken.insert(target.name);
        out.name = move.name;
        for (int number = 2; out.name.empty(); ++number)
            if (std::string name = fmt::format("{}-{}", move.from, number); !taken.contains(name))
                out.name = std::move(name);
        copy.assign(lines.begin() + static_cast<std::ptrdiff_t>(block->first),
                    lines.begin() + static_cast<std::ptrdiff_t>(block->last) + 1);
        // What the old one's host was does not hold for the new one; the operator may have said
        // which that is.
        for (const std::string_view key : {"host", "moved_to"}) {
            const toml::node* node = old.get(key);
            if (node != nullptr && std::ranges::find(*settings, key, [](const auto& setting) {
                                       return std::string_view(setting.first);
                                   }) == settings->end())
                copy[node->source().begin.line - 1U - block->first] = "";
        }
        settings->emplace_back("name", out.name);
        if (!put_known_first(old)) return not_text();
        for (const auto& [key, value] : *settings) set_value(copy, 0, *block, old, key, value);
        copy.insert(copy.begin(), "\n");
        edits.push_back({&old, "moved_to", out.name});
        // A name that was made from its kind must stay when the next one is named.
        if (!old.contains("name")) edits.push_back({&old, "name", move.from});
    }
    std::ranges::stable_sort(edits, [](const Edit& a, const Edit& b) {
        return a.table->source().begin.line > b.table->source().begin.line;
    });
    for (const Edit& edit : edits) {
        auto block = block_of(*edit.table, lines);
        if (!block)
            return fail(ErrorCode::kConfig,
                        fmt::format("'{}': write each [[target]] and [[companion]] on lines of its "
                                    "own first",
                                    file_name));
        if (edit.table == &old && !copy.empty()) {
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(block->last) + 1, copy.begin(),
                         copy.end());
            copy.clear();
        }
        // New keys of the same block move the lines of its others: they come after these.
        set_value(lines, block->first, *block, *edit.table, edit.key, edit.value);
    }
    for (const std::string& line : lines) out.toml += line;
    if (auto good = parse_config(out.toml, file_name); !good)
        return std::unexpected(std::move(good).error());
    return out;
}

}  // namespace heliograph::config
