// SPDX-License-Identifier: GPL-3.0-or-later
// The commands status and ledger: what the store knows, without changing it.
#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "html/url.h"
#include "pipeline/cadence.h"
#include "pipeline/read_back.h"
#include "store/store.h"

namespace heliograph::cli {
namespace {

std::string time_text(const std::optional<store::Time>& time) {
    return time ? format_utc(*time) : "never";
}

nlohmann::json json_time(const std::optional<store::Time>& time) {
    return time ? nlohmann::json(format_utc(*time)) : nlohmann::json();
}

nlohmann::json json_row(const store::LedgerRow& row) {
    return {{"url", row.url},
            {"source", row.source},
            {"fate", to_string(row.fate)},
            {"reason", row.reason},
            {"article", row.article},
            {"discovered", format_utc(row.discovered)},
            {"checked", json_time(row.checked)},
            {"next_attempt", json_time(row.next_attempt)},
            {"attempts", row.attempts}};
}

std::string row_text(const store::LedgerRow& row) {
    std::string line = fmt::format("{:<14} {}", to_string(row.fate), row.url);
    if (!row.reason.empty()) line += fmt::format("\n               {}", row.reason);
    return line;
}

// As it stands in the ledger, without its tracking parameters, or as another address of an article.
std::optional<store::LedgerRow> find_address(const std::string& text, store::Store& store) {
    if (auto row = store.address(text)) return row;
    const auto url = html::parse_url(text);
    if (!url) return std::nullopt;
    if (auto row = store.address(html::canonical_form(*url).href)) return row;
    const auto alias = store.alias(html::identity_key(*url));
    return alias ? store.address(alias->url) : std::nullopt;
}

nlohmann::json json_story(const store::LedgerRow& row, store::Store& store) {
    nlohmann::json out = json_row(row);
    out["moved_to"] = row.moved_to;
    out["events"] = nlohmann::json::array();
    for (const store::Event& event : store.events(row.url))
        out["events"].push_back({{"time", format_utc(event.time)}, {"what", event.what}});
    out["aliases"] = nlohmann::json::array();
    if (row.article.empty()) return out;
    for (const store::Alias& alias : store.aliases_of(row.article))
        if (alias.url != row.url)
            out["aliases"].push_back({{"url", alias.url}, {"why", alias.why}});
    return out;
}

// Everything known of one address, line by line.
std::string story_text(const store::LedgerRow& row, store::Store& store) {
    std::string out = fmt::format("{}\n  fate        {}\n", row.url, to_string(row.fate));
    if (!row.reason.empty()) out += fmt::format("  reason      {}\n", row.reason);
    if (!row.article.empty()) out += fmt::format("  article     {}\n", row.article);
    out += fmt::format("  told of by  {}\n  discovered  {}\n  checked     {}\n", row.source,
                       format_utc(row.discovered), time_text(row.checked));
    if (row.next_attempt) {
        out += fmt::format("  next try    {} (after {} that failed)\n",
                           format_utc(*row.next_attempt), row.attempts);
    }
    if (!row.moved_to.empty()) out += fmt::format("  moved to    {}\n", row.moved_to);
    for (const store::Event& event : store.events(row.url))
        out += fmt::format("  {}  {}\n", format_utc(event.time), event.what);
    if (!row.article.empty()) {
        for (const store::Alias& alias : store.aliases_of(row.article))
            if (alias.url != row.url)
                out += fmt::format("  also at     {} ({})\n", alias.url, alias.why);
        for (const store::Revision& revision : store.revisions(row.article)) {
            out += fmt::format("  revision {}  {}  {}\n", revision.number,
                               format_utc(revision.captured), revision.title);
        }
    }
    return out;
}

}  // namespace

int status(const CommonOptions& common) {
    const auto session = open_session(common);
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    const auto clock = make_clock();
    store::Store store(session->workspace.state);
    const store::Counts counts = store.counts();
    bool alarm = false;
    nlohmann::json out;
    std::string text = fmt::format("{} articles, {} pictures\n", counts.articles, counts.pictures);
    out["articles"] = counts.articles;
    out["pictures"] = counts.pictures;
    for (const auto& [fate, count] : counts.addresses) {
        out["addresses"][std::string(to_string(fate))] = count;
        text += fmt::format("  {:<14} {}\n", to_string(fate), count);
    }
    text += "sources\n";
    for (const Source& source : session->config.sources) {
        const auto state = store.source(source.url).value_or(store::SourceState{});
        const auto health = pipeline::judge(state, clock->now());
        const std::string_view condition = pipeline::to_string(health.condition);
        alarm |= pipeline::is_alarming(health.condition);
        text += fmt::format("  {} ({}): {}", source.name, source.url, condition);
        if (health.since) text += fmt::format(" since {}", format_utc(*health.since));
        text += fmt::format("; last answer {}, last news {}, next asked {}\n",
                            time_text(state.succeeded), time_text(state.changed),
                            state.next_poll ? format_utc(*state.next_poll) : "by the next run");
        if (!health.reason.empty()) text += fmt::format("    {}\n", health.reason);
        if (!state.moved_to.empty())
            text += fmt::format("    moved for good to '{}'\n", state.moved_to);
        if (source.permission.empty())
            text += "    no permission is recorded: add permission = \"...\" to the source\n";
        const auto newest = state.news.empty() ? std::nullopt : std::optional(state.news.back());
        const auto cadence = pipeline::learn_cadence(state.news);
        const nlohmann::json usual_gap =
            cadence ? nlohmann::json(cadence->usual.count()) : nlohmann::json();
        out["sources"].push_back({{"name", source.name},
                                  {"url", source.url},
                                  {"condition", condition},
                                  {"since", json_time(health.since)},
                                  {"reason", health.reason},
                                  {"next_poll", json_time(state.next_poll)},
                                  {"moved_to", state.moved_to},
                                  {"items", state.items},
                                  {"newest", json_time(newest)},
                                  {"usual_gap_seconds", usual_gap},
                                  {"hub", state.poll.hub},
                                  {"checked", json_time(state.checked)},
                                  {"succeeded", json_time(state.succeeded)},
                                  {"changed", json_time(state.changed)},
                                  {"failures", state.failures},
                                  {"problem", state.problem},
                                  {"permission", source.permission}});
    }
    text += "targets\n";
    for (const Target& target : session->config.targets) {
        const store::TargetOutcome outcome = store.outcome(target.name);
        const auto files = store.published_count(target.name);
        text += fmt::format("  {}: {} files, last publication {}\n", target.name, files,
                            time_text(outcome.published));
        if (outcome.failures > 0) {
            alarm = true;
            text += fmt::format("    failed {} times in a row: {}\n", outcome.failures,
                                outcome.problem);
        }
        const std::string read_back = pipeline::last_read_back(store, target.name);
        if (!read_back.empty()) text += fmt::format("    read back {}\n", read_back);
        out["targets"].push_back({{"name", target.name},
                                  {"files", files},
                                  {"published", json_time(outcome.published)},
                                  {"failures", outcome.failures},
                                  {"problem", outcome.problem},
                                  {"read_back", read_back}});
    }
    fmt::print("{}", common.json ? out.dump(2) + "\n" : text);
    return alarm ? kSomeFailed : kDone;
}

int ledger(const CommonOptions& common, const LedgerOptions& options) {
    if (options.gaps) return ledger_gaps(common, options);
    const auto session = open_session(common);
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    std::optional<Fate> fate;
    if (!options.fate.empty()) {
        fate = parse_fate(options.fate);
        if (!fate) {
            complain(fmt::format(
                "no fate '{}'; there are pending, published, duplicate, not-an-article, too-short, "
                "paywalled, blocked, gone, excluded-by-rule, withdrawn, expired and failed",
                options.fate));
            return kBadUsage;
        }
    }
    std::string source = options.source;
    for (const Source& known : session->config.sources) {
        if (known.name == source) source = known.url;
    }
    store::Store store(session->workspace.state);
    if (!options.url.empty()) {
        const auto row = find_address(options.url, store);
        if (!row) {
            complain(fmt::format("no source has told of '{}'", options.url));
            return kSomeFailed;
        }
        fmt::print("{}",
                   common.json ? json_story(*row, store).dump(2) + "\n" : story_text(*row, store));
        return kDone;
    }
    // A line an address: a ledger of millions is not gathered first.
    for (const store::LedgerRow& row : store.ledger(source, fate)) {
        fmt::print("{}\n", common.json ? json_row(row).dump() : row_text(row));
    }
    return kDone;
}

}  // namespace heliograph::cli
