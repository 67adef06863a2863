// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/limits.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

namespace heliograph::publish {
namespace {

// The share of a limit from which the operator is told of it.
constexpr double kNear = 0.8;

std::string_view kind_text(Certainty kind) {
    switch (kind) {
        case Certainty::kHard:
            return "refused beyond";
        case Certainty::kAdvised:
            return "advised";
        case Certainty::kSeen:
            break;
    }
    return "reported by users";
}

std::string limit_text(const Limit& limit, const std::string& host) {
    return fmt::format("{}, {}, as of {}{}{}", host, kind_text(limit.kind), limit.as_of,
                       limit.note.empty() ? "" : ": ", limit.note);
}

// What will be done about a limit that is met.
std::string_view remedy(const Limit& limit, const Growth& growth) {
    switch (limit.of) {
        case Measure::kRepository:
            if (growth.history_budget > 0 && growth.old_history != "branch")
                return "the tree alone is that large then: publications are refused; set "
                       "[retention], or divide it by period";
            return limit.kind == Certainty::kHard
                       ? "publications are refused: archive branches count too; set old_history "
                         "to another repository or \"drop\", or [retention]"
                       : "a note in each plan: archive branches count too; set old_history to "
                         "another repository or \"drop\", or [retention]";
        case Measure::kPush:
            return "publications are refused: publish more often, in smaller parts";
        case Measure::kSite:
        case Measure::kFiles:
            return limit.kind == Certainty::kHard
                       ? "publications are refused: set [retention], or move to a larger host"
                       : "a note in each plan; set [retention], or move to a larger host";
        case Measure::kDirectoryEntries:
            return "a note in each plan; take an article_path with {yyyy}/{mm}/{dd}";
        case Measure::kFile:
            return "publications are refused: that file must become smaller";
        case Measure::kPushesPerMinute:
            return "pushes wait";
        case Measure::kTrafficPerMonth:
            break;
    }
    return "nothing: the host counts it, we cannot";
}

// "github.com" of "https://user@github.com:443/us/mirror.git" and of "git@github.com:us/mirror".
std::string_view domain_of(std::string_view address) {
    if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos)
        address.remove_prefix(scheme + 3);
    address = address.substr(0, address.find_first_of("/?#"));
    if (const std::size_t user = address.rfind('@'); user != std::string_view::npos)
        address.remove_prefix(user + 1);
    return address.substr(0, address.find(':'));
}

bool is_at(std::string_view domain, std::string_view of) {
    return domain == of || (domain.size() > of.size() && domain.ends_with(of) &&
                            domain[domain.size() - of.size() - 1] == '.');
}

}  // namespace

const Host* host_of(const Target& target, const std::vector<Host>& hosts) {
    // Where it is stored; readers may come by another name, such as that of a cache in front.
    const std::string_view domain = domain_of(target.kind == TargetKind::kGit  ? target.remote
                                              : target.kind == TargetKind::kS3 ? target.s3.endpoint
                                                                               : target.base_url);
    for (const Host& host : hosts) {
        if (target.host.empty()
                ? std::ranges::any_of(host.domains,
                                      [&](const auto& known) { return is_at(domain, known); })
                : host.key == target.host)
            return &host;
    }
    return nullptr;
}

bool Finding::is_refusal() const {
    return nearness == Nearness::kBeyond && limit.kind == Certainty::kHard;
}

std::vector<Finding> check_limits(const Extent& extent, const std::vector<Limit>& limits) {
    std::vector<Finding> out;
    for (const Limit& limit : limits) {
        const auto size = extent.sizes.find(limit.of);
        if (size == extent.sizes.end()) continue;
        if (static_cast<double>(size->second) < kNear * static_cast<double>(limit.value)) continue;
        out.push_back(
            {.limit = limit,
             .size = size->second,
             .nearness = size->second > limit.value ? Nearness::kBeyond : Nearness::kNear});
    }
    return out;
}

std::string amount_text(Measure of, std::uint64_t value) {
    switch (of) {
        case Measure::kFiles:
            return fmt::format("{} files", value);
        case Measure::kDirectoryEntries:
            return fmt::format("{} entries in a folder", value);
        case Measure::kPushesPerMinute:
            return fmt::format("{} pushes a minute", value);
        default:
            break;
    }
    static constexpr std::string_view kOf[] = {"repository", "push", "site", "file"};
    const std::string_view what =
        of == Measure::kTrafficPerMonth ? "traffic a month" : kOf[static_cast<std::size_t>(of)];
    const auto bytes = static_cast<double>(value);
    if (bytes >= 1e9) return fmt::format("{:.1f} GB of {}", bytes / 1e9, what);
    if (bytes >= 1e6) return fmt::format("{:.1f} MB of {}", bytes / 1e6, what);
    if (bytes >= 1e3) return fmt::format("{:.1f} KB of {}", bytes / 1e3, what);
    return fmt::format("{} bytes of {}", value, what);
}

std::string to_text(const Finding& finding, const std::string& host, const Extent& extent) {
    const std::string& where = finding.limit.of == Measure::kFile ? extent.largest_file
                               : finding.limit.of == Measure::kDirectoryEntries
                                   ? extent.fullest_directory
                                   : std::string();
    return fmt::format("{}{}{}{}, limit {} ({})", amount_text(finding.limit.of, finding.size),
                       where.empty() ? "" : ": '", where, where.empty() ? "" : "'",
                       amount_text(finding.limit.of, finding.limit.value),
                       limit_text(finding.limit, host));
}

std::vector<Meeting> simulate(const Extent& now, const Growth& growth,
                              const std::vector<Limit>& limits, int months) {
    std::vector<Meeting> out;
    std::map<Measure, double> sizes;
    for (const auto& [of, size] : now.sizes) sizes[of] = static_cast<double>(size);
    // The history above the tree itself, which a restart takes away.
    const auto tree = [&] {
        const auto site = sizes.find(Measure::kSite);
        return site == sizes.end() ? 0.0 : site->second;
    };
    std::set<std::size_t> met;
    const auto look = [&](int month) {
        for (std::size_t i = 0; i < limits.size(); ++i) {
            const auto size = sizes.find(limits[i].of);
            if (size == sizes.end() || size->second <= static_cast<double>(limits[i].value) ||
                !met.insert(i).second)
                continue;
            out.push_back({.month = month,
                           .limit = limits[i],
                           .size = static_cast<std::uint64_t>(std::llround(size->second)),
                           .then = std::string(remedy(limits[i], growth))});
        }
    };
    look(0);
    bool told_of_restart = false;
    for (int month = 1; month <= months; ++month) {
        for (const auto& [of, added] : growth.per_month) sizes[of] += added;
        const auto repository = sizes.find(Measure::kRepository);
        const auto budget = static_cast<double>(growth.history_budget);
        if (growth.is_git && budget > 0 && repository != sizes.end() &&
            repository->second > budget && growth.old_history != "branch" && tree() * 2 <= budget) {
            if (!told_of_restart)
                out.push_back({.month = month,
                               .limit = {.of = Measure::kRepository,
                                         .value = growth.history_budget,
                                         .kind = Certainty::kAdvised,
                                         .as_of = "",
                                         .source = "",
                                         .note = ""},
                               .size = static_cast<std::uint64_t>(std::llround(repository->second)),
                               .then = growth.old_history == "drop"
                                           ? "the history begins anew; the old one is dropped"
                                           : "the history begins anew; the old one goes to '" +
                                                 growth.old_history + "'"});
            told_of_restart = true;
            repository->second = tree();
        }
        look(month);
    }
    return out;
}

std::string to_text(const Meeting& meeting, const std::string& host) {
    const std::string when =
        meeting.month == 0 ? "already" : fmt::format("in month {}", meeting.month);
    const std::string which = meeting.limit.as_of.empty() ? "the budget of this target's history"
                                                          : limit_text(meeting.limit, host);
    return fmt::format("{}: {} ({}) is met with {}; then: {}", when,
                       amount_text(meeting.limit.of, meeting.limit.value), which,
                       amount_text(meeting.limit.of, meeting.size), meeting.then);
}

}  // namespace heliograph::publish
