// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/site_names.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "extract/short_text.h"
#include "extract/text_fold.h"

namespace heliograph::extract {
namespace {

constexpr std::size_t kMaxParts = 8;
// Of a site's name.
constexpr std::size_t kMaxNameBytes = 120;

bool is_ascii_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// The length of a separator that starts at `position`, spaces included; 0 when there is none.
std::size_t separator_at(std::string_view text, std::size_t position) {
    const char first = text[position];
    // These separate wherever they stand.
    if (static_cast<unsigned char>(first) >= 0xE0) {
        for (const std::string_view mark : {"｜", "丨", "│"}) {
            if (text.substr(position).starts_with(mark)) return mark.size();
        }
    }
    if (first == '|') return 1;
    // An underscore separates in Chinese titles; elsewhere it is part of a name in code.
    if (first == '_' && position > 0) {
        const bool after_wide = (static_cast<unsigned char>(text[position - 1]) & 0x80U) != 0;
        const bool before_wide = position + 1 < text.size() &&
                                 (static_cast<unsigned char>(text[position + 1]) & 0x80U) != 0;
        return after_wide || before_wide ? 1 : 0;
    }
    if (first != ' ') return 0;
    if (position + 1 < text.size() && is_ascii_letter_or_digit(text[position + 1])) return 0;
    for (const std::string_view mark :
         {" - ", " – ", " — ", " ― ", " • ", " · ", " » ", " « ",  " › ", " ‹ ", " :: ", " // ",
          " / ", " > ", " < ", " ~ ", " ∙ ", " ● ", " _ ", " -- ", " − ", " ⋆ ", " ★ ",  " : "}) {
        if (text.substr(position).starts_with(mark)) return mark.size() - 1;
    }
    return 0;
}

// "https://www.daily.example.co.uk" -> "daily" and "dailyexample"...: the labels that are a name.
std::vector<std::string> host_names(std::string_view host) {
    std::vector<std::string> names;
    std::string joined;
    for (std::size_t begin = 0; begin < host.size();) {
        const std::size_t end = std::min(host.find('.', begin), host.size());
        const std::string_view label = host.substr(begin, end - begin);
        if (label != "www" && label.size() > 2 && end < host.size())
            names.push_back(compact(label));
        begin = end + 1;
    }
    names.push_back(compact(host.starts_with("www.") ? host.substr(4) : host));
    return names;
}

}  // namespace

std::vector<TitlePart> parts_of(std::string_view title) {
    std::vector<TitlePart> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < title.size() && parts.size() + 1 < kMaxParts;) {
        const std::size_t length = separator_at(title, i);
        if (length == 0) {
            ++i;
            continue;
        }
        if (i > begin) parts.push_back({begin, i});
        i += length;
        begin = i;
    }
    if (begin < title.size()) parts.push_back({begin, title.size()});
    return parts;
}

std::string_view run_of(std::string_view title, const std::vector<TitlePart>& parts,
                        std::size_t first, std::size_t last) {
    return trim(title.substr(parts[first].begin, parts[last].end - parts[first].begin));
}

SiteNames::SiteNames(const PageFacts& facts, const LinkedData& linked, const Url& url) {
    const auto add = [&](std::string_view name) {
        std::string key = compact(name.substr(0, 200));
        if (key.size() > 2 && std::ranges::find(names_, key) == names_.end())
            names_.push_back(std::move(key));
    };
    for (const std::string_view key :
         {"og:site_name", "application-name", "publisher", "apple-mobile-web-app-title",
          "twitter:site", "dc.publisher", "cre", "sitename", "al:ios:app_name"}) {
        const std::string_view name = facts.meta(key);
        // Some pages call their headline the name of an application.
        if (key == "og:site_name" || name != facts.meta("og:title")) add(name);
    }
    add(linked.publisher);
    add(linked.site_name);
    for (std::string& name : host_names(url.host)) add(name);
    // Pages without an address of their own may tell it.
    for (const std::string_view href : {facts.link("canonical"), facts.meta("og:url")}) {
        if (const std::size_t at = href.find("//"); at != std::string_view::npos) {
            const std::string_view rest = href.substr(at + 2);
            for (std::string& name : host_names(rest.substr(0, rest.find('/')))) add(name);
        }
    }
}

bool SiteNames::matches(std::string_view part) const {
    if (part.size() > kMaxNameBytes) return false;
    const std::string key = compact(part);
    if (key.size() < 2) return false;
    const std::size_t words = word_count(part);
    return std::ranges::any_of(names_, [&](const std::string& name) {
        if (name == key) return true;
        if (words > 5) return false;
        // "Daily News" of dailynews.example; "The Daily News – Berlin" of "Daily News".
        if (key.size() >= 4 && name.starts_with(key) && key.size() * 2 > name.size()) return true;
        return name.size() >= 4 && name.size() * 2 > key.size() &&
               (key.starts_with(name) || key.ends_with(name));
    });
}

std::string without_site(std::string_view title, const SiteNames& site) {
    title = trim(title);
    for (bool again = true; again;) {
        again = false;
        const std::vector<TitlePart> parts = parts_of(title);
        if (parts.size() < 2) break;
        if (site.matches(run_of(title, parts, parts.size() - 1, parts.size() - 1))) {
            title = run_of(title, parts, 0, parts.size() - 2);
            again = true;
        } else if (site.matches(run_of(title, parts, 0, 0))) {
            title = run_of(title, parts, 1, parts.size() - 1);
            again = true;
        } else {
            // What follows the name between others is a motto, if what leads is no section.
            for (std::size_t i = 1; i + 1 < parts.size() && !again; ++i) {
                const std::string_view before = run_of(title, parts, 0, i - 1);
                again =
                    site.matches(run_of(title, parts, i, i)) && 4 * before.size() > title.size();
                if (again) title = before;
            }
        }
    }
    return std::string(title);
}

}  // namespace heliograph::extract
