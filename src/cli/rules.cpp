// SPDX-License-Identifier: GPL-3.0-or-later
// The command rules test: what an operator's site rules do to pages; needs no configuration.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "html/article_html.h"
#include "pipeline/extract_pages.h"
#include "pipeline/site_rules_folder.h"

namespace heliograph::cli {
namespace {

using nlohmann::ordered_json;

// How often a rule matched.
struct Matches {
    std::size_t elements = 0;
    std::size_t pages = 0;
};

// What came of a page, for whoever compares it with what the page shows.
ordered_json to_json(const pipeline::PageOutcome& page) {
    ordered_json out = {{"file", page.name}};
    if (!page.page) {
        out["reason"] = page.page.error().message;
    } else if (const auto* refusal = std::get_if<extract::Refusal>(&page.page->extraction)) {
        out["reason"] = fmt::format("{}: {}", to_string(refusal->fate), refusal->reason);
    } else {
        const Article& article = std::get<Article>(page.page->extraction);
        out["title"] = article.title;
        out["authors"] = article.authors;
        out["published"] = article.published ? format_rfc3339(*article.published) : "";
        out["bytes"] = html::plain_text(article.body).size();
    }
    return out;
}

std::string to_line(const ordered_json& page) {
    const auto text = [&](const char* key) { return page.at(key).get<std::string>(); };
    if (page.contains("reason")) return fmt::format("{}: {}\n", text("file"), text("reason"));
    return fmt::format("{}: '{}' | {} | {} | {} bytes of text\n", text("file"), text("title"),
                       fmt::join(page.at("authors").get<std::vector<std::string>>(), ", "),
                       text("published"), page.at("bytes").get<std::size_t>());
}

// Whether another rule of its kind did its work.
bool is_replaced(const SiteRules& rules, const std::vector<Matches>& matches, std::size_t rule) {
    const SiteRuleKind kind = rules.rules[rule].kind;
    for (std::size_t i = 0; i < matches.size(); ++i)
        if (kind != SiteRuleKind::kDrop && rules.rules[i].kind == kind && matches[i].pages > 0)
            return true;
    return false;
}

}  // namespace

int test_rules(const CommonOptions& common, const RulesOptions& options) {
    const auto rules = pipeline::read_site_rules(options.file);
    if (!rules) {
        complain(rules.error().message);
        return kBadUsage;
    }
    std::vector<pipeline::PageRequest> requests;
    for (const std::string& name : options.pages)
        requests.push_back({.name = name, .url = options.url, .charset = {}});
    requests = pipeline::expand_folders(requests);
    if (requests.empty()) {
        complain("no page to test the rules on: name files, folders or addresses");
        return kBadUsage;
    }
    std::vector<Matches> matches(rules->rules.size());
    std::mutex mutex;  // of matches
    std::size_t asked_for = 0;
    std::size_t articles = 0;
    auto pages = ordered_json::array();
    const auto clock = make_clock();
    const auto log = make_log(common);
    pipeline::extract_pages(
        [&] {
            return asked_for < requests.size() ? std::optional(requests[asked_for++])
                                               : std::nullopt;
        },
        {.fetch = {}, .allow_private = options.allow_private, .rules = &*rules}, *clock, *log,
        [&](const pipeline::PageOutcome& page) {
            if (page.page) {
                const std::scoped_lock lock(mutex);
                const auto& matched = page.page->notes.rule_matches;
                for (std::size_t i = 0; i < matched.size(); ++i) {
                    matches[i].elements += matched[i];
                    matches[i].pages += matched[i] > 0 ? 1 : 0;
                }
            }
            return to_json(page).dump(-1, ' ', false, ordered_json::error_handler_t::replace);
        },
        [&](const std::string& text) {
            pages.push_back(ordered_json::parse(text));
            if (pages.back().contains("title")) ++articles;
        });
    auto report = ordered_json::array();
    bool all_matched = true;
    for (std::size_t i = 0; i < matches.size(); ++i) {
        const SiteRule& rule = rules->rules[i];
        report.push_back({{"rule", to_string(*rules, rule)},
                          {"elements", matches[i].elements},
                          {"pages", matches[i].pages}});
        if (matches[i].pages == 0 && !is_replaced(*rules, matches, i)) {
            all_matched = false;
            complain(to_string(*rules, rule) + " matched nothing");
        }
    }
    if (common.json) {
        fmt::print("{}\n", ordered_json{{"rules", report}, {"pages", pages}}.dump(2));
    } else {
        for (const auto& rule : report)
            fmt::print("{}: {} elements on {} of {} pages\n", rule.at("rule").get<std::string>(),
                       rule.at("elements").get<std::size_t>(), rule.at("pages").get<std::size_t>(),
                       pages.size());
        for (const auto& page : pages) fmt::print("{}", to_line(page));
    }
    if (articles == 0) return kNothingDone;
    return all_matched && articles == pages.size() ? kDone : kSomeFailed;
}

}  // namespace heliograph::cli
