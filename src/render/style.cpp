// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/style.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.h"

namespace heliograph::render {
namespace {

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// Calls visit(position) for each character outside of strings and brackets, until it says true;
// the position where it did, else the end.
template <typename Visit>
std::size_t find_outside(std::string_view css, Visit&& visit) {
    std::size_t depth = 0;
    char quote = '\0';
    for (std::size_t i = 0; i < css.size(); ++i) {
        const char c = css[i];
        if (c == '\\') {
            ++i;
        } else if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(' || c == '[') {
            ++depth;
        } else if (c == ')' || c == ']') {
            if (depth > 0) --depth;
        } else if (depth == 0 && visit(i)) {
            return i;
        }
    }
    return css.size();
}

// The length up to the bracket that ends what begins here; nullopt when none does.
std::optional<std::size_t> block_length(std::string_view css) {
    std::size_t open = 1;
    const std::size_t end = find_outside(css, [&](std::size_t i) {
        if (css[i] == '{') ++open;
        if (css[i] == '}') --open;
        return open == 0;
    });
    return end < css.size() ? std::optional(end) : std::nullopt;
}

// Of :not(.a) nothing is said: a page without that class has the element too.
bool has_class_of(std::string_view selector, const ClassNames& names) {
    return find_outside(selector, [&](std::size_t i) {
               if (selector[i] != '.') return false;
               const std::string_view rest = selector.substr(i + 1);
               const auto end = std::ranges::find_if_not(rest, is_name_character);
               return names.contains(rest.substr(0, static_cast<std::size_t>(end - rest.begin())));
           }) < selector.size();
}

std::string selectors_without(std::string_view selectors, const ClassNames& others) {
    std::string out;
    while (!selectors.empty()) {
        const std::string_view one = selectors.substr(
            0, find_outside(selectors, [&](std::size_t i) { return selectors[i] == ','; }));
        if (!has_class_of(one, others)) {
            if (!out.empty()) out += ',';
            out += one;
        }
        selectors.remove_prefix(std::min(one.size() + 1, selectors.size()));
    }
    return out;
}

bool holds_rules(std::string_view prelude) {
    return std::ranges::any_of(
        std::to_array<std::string_view>({"@media", "@supports", "@container", "@layer"}),
        [&](std::string_view name) { return prelude.starts_with(name); });
}

// Nullopt: the brackets do not match.
std::optional<std::string> rules_without(std::string_view css, const ClassNames& others) {
    std::string out;
    while (!css.empty()) {
        const std::size_t end =
            find_outside(css, [&](std::size_t i) { return css[i] == '{' || css[i] == ';'; });
        if (end == css.size() || css[end] == ';') {  // "@import ...;", or a space at the end
            out += css.substr(0, end + 1);
            css.remove_prefix(std::min(end + 1, css.size()));
            continue;
        }
        const std::string_view prelude = css.substr(0, end);
        const auto length = block_length(css.substr(end + 1));
        if (!length) return std::nullopt;
        std::string_view block = css.substr(end + 1, *length);
        css.remove_prefix(end + 1 + *length + 1);
        std::string head(prelude);
        std::optional<std::string> inner;
        if (holds_rules(prelude)) {
            inner = rules_without(block, others);
            if (!inner) return std::nullopt;
            if (inner->empty()) continue;
            block = *inner;
        } else if (!prelude.starts_with('@')) {
            head = selectors_without(prelude, others);
            if (head.empty()) continue;
        }
        out += head + '{';
        out += block;
        out += '}';
    }
    return out;
}

}  // namespace

std::string compact_style(std::string_view css) {
    std::string out;
    while (!css.empty()) {
        if (css.starts_with("/*")) {
            const std::size_t end = css.find("*/", 2);
            css.remove_prefix(end == std::string_view::npos ? css.size() : end + 2);
        } else if (css.front() == '\n') {
            css.remove_prefix(std::min(css.find_first_not_of(" \n\t"), css.size()));
        } else {
            out += css.front();
            css.remove_prefix(1);
        }
    }
    return out;
}

ClassNames class_names(std::string_view mustache) {
    constexpr std::string_view kAttribute = "class=\"";
    ClassNames names;
    for (std::size_t at = mustache.find(kAttribute); at != std::string_view::npos;
         at = mustache.find(kAttribute, at)) {
        at += kAttribute.size();
        const std::string_view value = mustache.substr(at, mustache.find('"', at) - at);
        for (std::size_t begin = 0; begin < value.size();) {
            if (value.substr(begin).starts_with("{{")) {
                begin = std::min(value.find("}}", begin), value.size());
                continue;
            }
            std::size_t end = begin;
            while (end < value.size() && is_name_character(value[end])) ++end;
            if (end > begin) names.emplace(value.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    return names;
}

std::string without_classes(std::string_view css, const ClassNames& others) {
    auto made = rules_without(css, others);
    return made ? *std::move(made) : std::string(css);
}

}  // namespace heliograph::render
