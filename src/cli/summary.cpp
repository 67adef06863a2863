// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/summary.h"

#include <fmt/format.h>
#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "pipeline/read_back.h"

namespace heliograph::cli {
namespace {

using pipeline::Failure;

// Of a list in the summary; the ledger has the rest.
constexpr std::size_t kMostLines = 20;

void append_list(std::string& out, const std::vector<Failure>& failures) {
    for (std::size_t i = 0; i < failures.size() && i < kMostLines; ++i) {
        out += fmt::format("  {}: {}\n", failures[i].subject, failures[i].reason);
    }
    if (failures.size() > kMostLines) {
        out += fmt::format("  and {} more: heliograph ledger\n", failures.size() - kMostLines);
    }
}

nlohmann::json json_list(const std::vector<Failure>& failures) {
    auto out = nlohmann::json::array();
    for (const Failure& failure : failures)
        out.push_back({{"subject", failure.subject}, {"reason", failure.reason}});
    return out;
}

}  // namespace

std::string size_text(std::uint64_t bytes) {
    if (bytes < 10'000) return fmt::format("{} bytes", bytes);
    if (bytes < 10'000'000) return fmt::format("{} KB", bytes / 1000);
    return fmt::format("{} MB", bytes / 1'000'000);
}

bool RunSummary::has_failures() const {
    return (update && !(update->failures.empty() && update->alarms.empty())) ||
           std::ranges::any_of(builds, [](const auto& build) { return !build.failures.empty(); }) ||
           std::ranges::any_of(publications, [](const auto& target) {
               return !target.failure.empty() ||
                      (target.read_back && target.read_back->has_failed());
           });
}

std::string to_text(const RunSummary& summary, bool notes) {
    std::string out;
    const auto to = std::back_inserter(out);
    if (const auto& update = summary.update) {
        std::size_t refused = 0;
        for (const auto& [fate, count] : update->refused) refused += count;
        fmt::format_to(to, "found      {} new addresses in {} sources", update->found,
                       update->sources);
        if (update->not_due > 0) fmt::format_to(to, ", {} of them not due yet", update->not_due);
        out += '\n';
        fmt::format_to(to, "new        {} articles, {} pictures\n", update->added,
                       update->pictures);
        fmt::format_to(to, "updated    {}\n", update->updated);
        if (update->unchanged > 0) fmt::format_to(to, "unchanged  {}\n", update->unchanged);
        if (refused > 0) {
            fmt::format_to(to, "left out   {}", refused);
            const char* separator = ": ";
            for (const auto& [fate, count] : update->refused) {
                fmt::format_to(to, "{}{} {}", std::exchange(separator, ", "), count,
                               to_string(fate));
            }
            out += '\n';
        }
        fmt::format_to(to, "failed     {}\n", update->failures.size());
        append_list(out, update->failures);
        if (!update->alarms.empty()) {
            fmt::format_to(to, "silent     {} of the sources\n", update->alarms.size());
            append_list(out, update->alarms);
        }
        if (!update->redesigns.empty()) {
            fmt::format_to(to, "redesign   {} hosts\n", update->redesigns.size());
            append_list(out, update->redesigns);
        }
        if (!update->idle_rules.empty()) {
            fmt::format_to(to, "idle       {} of the site rules\n", update->idle_rules.size());
            append_list(out, update->idle_rules);
        }
        if (notes && !update->notes.empty()) {
            fmt::format_to(to, "notes      {}\n", update->notes.size());
            append_list(out, update->notes);
        }
    }
    for (const auto& build : summary.builds) {
        fmt::format_to(to, "built      {}: {} files, {} new or changed, {} removed\n", build.target,
                       build.files, build.written, build.removed);
        append_list(out, build.notes);
        append_list(out, build.failures);
    }
    for (const auto& target : summary.publications) {
        if (!target.failure.empty()) {
            fmt::format_to(to, "FAILED     {}: {}\n", target.target, target.failure);
        } else if (target.added + target.changed + target.removed == 0) {
            fmt::format_to(to, "published  {}: nothing new\n", target.target);
        } else {
            fmt::format_to(to, "published  {}: {} added, {} changed, {} removed ({})\n",
                           target.target, target.added, target.changed, target.removed,
                           size_text(target.bytes));
        }
        if (target.read_back && (notes || !target.read_back->problem.empty())) {
            fmt::format_to(to, "{}{}: {}\n",
                           target.read_back->has_failed() ? "FAILED     " : "read back  ",
                           target.target, pipeline::to_text(*target.read_back));
        }
    }
    fmt::format_to(to, "took       {:.1f} s\n",
                   static_cast<double>(summary.elapsed.count()) / 1000.0);
    return out;
}

std::string to_json(const RunSummary& summary) {
    nlohmann::json out;
    if (const auto& update = summary.update) {
        auto refused = nlohmann::json::object();
        for (const auto& [fate, count] : update->refused)
            refused[std::string(to_string(fate))] = count;
        out["update"] = {{"sources", update->sources},
                         {"not_due", update->not_due},
                         {"silent", json_list(update->alarms)},
                         {"redesigns", json_list(update->redesigns)},
                         {"idle_rules", json_list(update->idle_rules)},
                         {"found", update->found},
                         {"new", update->added},
                         {"updated", update->updated},
                         {"unchanged", update->unchanged},
                         {"pictures", update->pictures},
                         {"left_out", refused},
                         {"failed", json_list(update->failures)},
                         {"notes", json_list(update->notes)}};
    }
    for (const auto& build : summary.builds) {
        out["built"].push_back({{"target", build.target},
                                {"files", build.files},
                                {"written", build.written},
                                {"removed", build.removed},
                                {"notes", json_list(build.notes)},
                                {"failed", json_list(build.failures)}});
    }
    for (const auto& target : summary.publications) {
        out["published"].push_back(
            {{"target", target.target},
             {"added", target.added},
             {"changed", target.changed},
             {"removed", target.removed},
             {"bytes", target.bytes},
             {"tries", target.tries},
             {"read_back", target.read_back ? pipeline::to_text(*target.read_back) : ""},
             {"failure", target.failure}});
    }
    out["seconds"] = static_cast<double>(summary.elapsed.count()) / 1000.0;
    return out.dump(2) + "\n";
}

}  // namespace heliograph::cli
