// SPDX-License-Identifier: GPL-3.0-or-later
// The command ledger --gaps: what one source of a publisher tells of and another does not, and what
// became of it.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "cli/commands.h"
#include "cli/session.h"
#include "store/store.h"

namespace heliograph::cli {
namespace {

// How one source of a publisher compares with the others.
struct Side {
    std::size_t lacks = 0;
    std::map<Fate, std::size_t> fates;  // of what it lacks
};

std::string side_text(const std::string& source, const Side& side) {
    std::string out = fmt::format("  {} lacks {}", source, side.lacks);
    const char* before = ": ";
    for (const auto& [fate, count] : side.fates) {
        out += fmt::format("{}{} {}", before, count, to_string(fate));
        before = ", ";
    }
    return out + "\n";
}

}  // namespace

int ledger_gaps(const CommonOptions& common, const LedgerOptions& options) {
    const auto session = open_session(common);
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    std::map<std::string, std::vector<std::string>> publishers;
    for (const Source& source : session->config.sources)
        if (options.source.empty() || options.source == source.name)
            publishers[source.name].push_back(source.url);
    store::Store store(session->workspace.state);
    auto report = nlohmann::json::array();
    for (const auto& [publisher, sources] : publishers) {
        if (sources.size() < 2) continue;
        std::map<std::string, Side> sides;
        std::string lines;
        for (const store::Store::Gap& gap : store.gaps(sources)) {
            if (!options.fate.empty() && options.fate != to_string(gap.row.fate)) continue;
            std::vector<std::string> lacking;
            for (const std::string& source : sources) {
                if (std::ranges::find(gap.told_by, source) != gap.told_by.end()) continue;
                lacking.push_back(source);
                ++sides[source].lacks;
                ++sides[source].fates[gap.row.fate];
            }
            lines += fmt::format("{:<16} {}\n", to_string(gap.row.fate), gap.row.url);
            if (!gap.row.reason.empty()) lines += fmt::format("{:17}{}\n", "", gap.row.reason);
            lines += fmt::format("{:17}told by {}; not by {}\n", "", fmt::join(gap.told_by, ", "),
                                 fmt::join(lacking, ", "));
            report.push_back({{"publisher", publisher},
                              {"url", gap.row.url},
                              {"fate", to_string(gap.row.fate)},
                              {"reason", gap.row.reason},
                              {"told_by", gap.told_by},
                              {"not_by", lacking}});
        }
        if (common.json) continue;
        fmt::print("{}: {} sources\n", publisher, sources.size());
        for (const std::string& source : sources)
            fmt::print("{}", side_text(source, sides[source]));
        fmt::print("{}", lines);
    }
    if (common.json) fmt::print("{}\n", report.dump(2));
    return kDone;
}

}  // namespace heliograph::cli
