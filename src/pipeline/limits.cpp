// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/limits.h"

#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <string_view>

#include "model/list.h"

namespace heliograph::pipeline {
namespace {

// Of a limit of the repository's size: what is left is for the host's own packing.
constexpr double kUsableShare = 0.8;
// Complete months that the growth is taken from.
constexpr int kMonthsOfHistory = 6;
constexpr double kDaysOfMonth = 30.44;

const Limit* least(const Host* host, Measure of) {
    if (host == nullptr) return nullptr;
    const Limit* out = nullptr;
    for (const Limit& limit : host->limits)
        if (limit.of == of && (out == nullptr || limit.value < out->value)) out = &limit;
    return out;
}

// Every folder's entries are counted only when that is asked for: it is a walk over all paths.
enum class Depth : std::uint8_t { kTotals, kFolders };

publish::Extent extent_of(const Target& target, store::Store& store,
                          const publish::Publisher& publisher, Depth depth) {
    publish::Extent extent;
    const store::BuiltExtent built = store.built_extent(target.name);
    extent.sizes[Measure::kSite] = built.bytes;
    extent.sizes[Measure::kFiles] = built.files;
    extent.sizes[Measure::kFile] = built.largest;
    extent.largest_file = built.largest_path;
    if (target.kind == TargetKind::kGit)
        extent.sizes[Measure::kRepository] = publisher.stored_bytes();
    if (depth == Depth::kFolders) {
        const auto [folder, entries] = store.fullest_folder(target.name);
        extent.sizes[Measure::kDirectoryEntries] = entries;
        extent.fullest_directory = folder.empty() ? "the root" : folder;
    }
    return extent;
}

// Articles a month, from the complete months there are; the present one counts when it is alone.
double articles_a_month(store::Store& store, store::Time now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day today{day};
    const auto this_month = today.year() / today.month();
    double sum = 0;
    int months = 0;
    for (int back = 1; back <= kMonthsOfHistory; ++back) {
        const auto month = this_month - std::chrono::months{back};
        const std::size_t count =
            store.list_size({.kind = ListKind::kMonth,
                             .name = fmt::format("{:04}-{:02}", static_cast<int>(month.year()),
                                                 static_cast<unsigned>(month.month()))});
        if (count == 0) break;  // before the mirror began
        sum += static_cast<double>(count);
        ++months;
    }
    if (months > 0) return sum / months;
    const std::size_t count =
        store.list_size({.kind = ListKind::kMonth,
                         .name = fmt::format("{:04}-{:02}", static_cast<int>(today.year()),
                                             static_cast<unsigned>(today.month()))});
    return static_cast<double>(count) * kDaysOfMonth / static_cast<unsigned>(today.day());
}

// Articles whose pages stand in the target.
std::size_t articles_in(const Target& target, store::Store& store) {
    const auto within = [&](const std::string& period) {
        std::size_t sum = 0;
        for (const std::string& month : store.list_names(ListKind::kMonth))
            if (month.starts_with(period))
                sum += store.list_size({.kind = ListKind::kMonth, .name = month});
        return sum;
    };
    if (!target.part_of.empty()) return within(target.period);
    std::size_t sum = store.list_size({});
    for (const Part& part : target.parts) sum -= within(part.period);
    return sum;
}

// The oldest year that is over and not in a part yet; in the mirror's first year the oldest month.
// Empty when there is none.
std::string next_part(const Target& target, store::Store& store, store::Time now) {
    const std::string this_month = month_name(now);
    for (const std::string& month : store.list_names(ListKind::kMonth)) {
        const bool is_taken = std::ranges::any_of(
            target.parts, [&](const Part& part) { return month.starts_with(part.period); });
        if (is_taken || month >= this_month) continue;
        const std::string year = month.substr(0, 4);
        return this_month.starts_with(year) ? month : year;
    }
    return {};
}

// How to divide a repository that grows beyond a limit.
std::string advice(const Target& target, store::Store& store, store::Time now,
                   const std::vector<publish::Meeting>& meetings) {
    if (target.kind != TargetKind::kGit || !target.part_of.empty()) return {};
    const auto first = std::ranges::find_if(meetings, [](const publish::Meeting& meeting) {
        if (meeting.limit.as_of.empty()) return false;  // the budget of the history
        return meeting.limit.of == Measure::kRepository || meeting.limit.of == Measure::kSite ||
               meeting.limit.of == Measure::kFiles;
    });
    if (first == meetings.end()) return {};
    const std::string period = next_part(target, store, now);
    return fmt::format(
        "{}, give finished periods repositories of their own: a [[target]] with part_of = \"{}\" "
        "and period = \"{}\" for each (docs/publishing.md)",
        first->month <= 1 ? "now" : fmt::format("before month {}", first->month), target.name,
        period.empty() ? month_name(now).substr(0, 4) : period);
}

}  // namespace

publish::HostBudget budget_of(const Target& target, const Host* host) {
    publish::HostBudget budget;
    if (const Limit* limit = least(host, Measure::kRepository))
        budget.repository_bytes =
            static_cast<std::uint64_t>(kUsableShare * static_cast<double>(limit->value));
    if (target.history_megabytes > 0)
        budget.repository_bytes = std::uint64_t{1'000'000} * target.history_megabytes;
    if (const Limit* limit = least(host, Measure::kPush)) budget.push_bytes = limit->value;
    if (const Limit* limit = least(host, Measure::kPushesPerMinute))
        budget.pushes_per_minute = static_cast<int>(std::min<std::uint64_t>(limit->value, 1000));
    return budget;
}

Result<void> check_host(const Target& target, const Host* host, SharedStore& shared,
                        const publish::Publisher& publisher) {
    if (host == nullptr) return {};
    const bool bounds_folders = std::ranges::any_of(host->limits, [](const Limit& limit) {
        return limit.of == Measure::kDirectoryEntries && limit.kind == Certainty::kHard;
    });
    const publish::Extent extent = shared.with([&](store::Store& store) {
        return extent_of(target, store, publisher,
                         bounds_folders ? Depth::kFolders : Depth::kTotals);
    });
    for (const publish::Finding& finding : publish::check_limits(extent, host->limits))
        if (finding.is_refusal())
            return fail(ErrorCode::kLimit,
                        fmt::format("{}: set [retention], or move to a host with more room "
                                    "('heliograph target move')",
                                    publish::to_text(finding, host->name, extent)));
    return {};
}

std::vector<std::string> limit_notes(const Target& target, const Host* host, SharedStore& shared,
                                     const publish::Publisher& publisher) {
    std::vector<std::string> out;
    if (host == nullptr) return out;
    const publish::Extent extent = shared.with(
        [&](store::Store& store) { return extent_of(target, store, publisher, Depth::kFolders); });
    for (const publish::Finding& finding : publish::check_limits(extent, host->limits))
        out.push_back((finding.nearness == publish::Nearness::kBeyond ? "beyond " : "near ") +
                      publish::to_text(finding, host->name, extent));
    return out;
}

std::vector<std::string> forecast(const Target& target, const Host* host, SharedStore& shared,
                                  const publish::Publisher& publisher, store::Time now,
                                  int months) {
    publish::Growth growth{.per_month = {},
                           .is_git = target.kind == TargetKind::kGit,
                           .old_history = target.old_history,
                           .history_budget = budget_of(target, host).repository_bytes};
    publish::Extent extent;
    double articles = 0;
    shared.with([&](store::Store& store) {
        extent = extent_of(target, store, publisher, Depth::kFolders);
        // A period that is over grows no more.
        const bool is_over = !target.part_of.empty() && !is_in_period(now, target.period);
        articles = is_over ? 0 : articles_a_month(store, now);
        const auto all = static_cast<double>(std::max<std::size_t>(articles_in(target, store), 1));
        // As much for each new article as for those there are, lists and pictures included; for the
        // repository also the history so far.
        for (const Measure of : {Measure::kSite, Measure::kFiles, Measure::kRepository})
            if (const auto size = extent.sizes.find(of); size != extent.sizes.end())
                growth.per_month[of] = static_cast<double>(size->second) / all * articles;
        // A month's folder is full at its end, and the next month has another.
        if (target.article_path.find("{mm}") == std::string::npos)
            growth.per_month[Measure::kDirectoryEntries] = articles;
    });
    std::vector<std::string> out;
    const auto added = [&](Measure of) {
        return publish::amount_text(of, static_cast<std::uint64_t>(growth.per_month[of]));
    };
    out.push_back(fmt::format("grows by {:.0f} articles a month: {}, {}{}", articles,
                              added(Measure::kFiles), added(Measure::kSite),
                              growth.is_git ? ", " + added(Measure::kRepository) : ""));
    if (host == nullptr) {
        out.emplace_back("no limits are known of its host: name it with host = \"...\"");
        return out;
    }
    const auto meetings = publish::simulate(extent, growth, host->limits, months);
    for (const publish::Meeting& meeting : meetings)
        out.push_back(publish::to_text(meeting, host->name));
    const std::string divide =
        shared.with([&](store::Store& store) { return advice(target, store, now, meetings); });
    if (!divide.empty()) out.push_back(divide);
    if (meetings.empty())
        out.push_back(fmt::format("meets no limit of {} within {} months", host->name, months));
    return out;
}

}  // namespace heliograph::pipeline
