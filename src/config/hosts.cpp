// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/hosts.h"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <set>
#include <utility>

#include "config/table_reader.h"

namespace heliograph::config {

// Made of hosts.toml by cmake.
std::string_view shipped_hosts_toml();

namespace {

// In the order of Measure and of Certainty.
constexpr std::array<std::string_view, 8> kMeasures = {
    "repository",       "push", "site", "file", "files", "directory_entries", "pushes_per_minute",
    "traffic_per_month"};
constexpr std::array<std::string_view, 3> kCertainties = {"hard", "advised", "seen"};

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) == 8;
}

Limit read_limit(const toml::table& table, Problems& problems) {
    TableReader in(table, "a limit of [[host]]", problems);
    Limit limit;
    limit.of = static_cast<Measure>(in.choice("of", kMeasures, Need::kRequired));
    limit.value = in.large_integer("value");
    limit.kind = static_cast<Certainty>(in.choice("kind", kCertainties, Need::kRequired));
    limit.as_of = in.string("as_of", Need::kRequired);
    limit.source = in.string("source", Need::kRequired);
    limit.note = in.string("note");
    if (!limit.as_of.empty() && !is_date(limit.as_of))
        in.complain("as_of", "must be a day such as \"2026-11-25\", in quotes");
    in.finish();
    return limit;
}

}  // namespace

Result<std::vector<Host>> parse_hosts(std::string_view toml, const std::string& file_name) {
    Problems problems(file_name);
    std::vector<Host> hosts;
    try {
        const toml::table root = toml::parse(toml, file_name);
        TableReader in(root, "the list of hosts", problems);
        std::set<std::string> keys;
        for (const toml::table* table : in.tables("host")) {
            TableReader inner(*table, "[[host]]", problems);
            Host host;
            host.key = inner.string("key", Need::kRequired);
            host.name = inner.string("name", Need::kRequired);
            host.domains = inner.texts("domains");
            for (const toml::table* limit : inner.tables("limits"))
                host.limits.push_back(read_limit(*limit, problems));
            inner.finish();
            if (!keys.insert(host.key).second)
                inner.complain("key", fmt::format("is '{}' a second time", host.key));
            hosts.push_back(std::move(host));
        }
        in.finish();
    } catch (const toml::parse_error& error) {
        problems.add(error.source().begin, std::string(error.description()));
    }
    if (!problems.empty()) return fail(ErrorCode::kConfig, problems.text());
    return hosts;
}

std::vector<Host> shipped_hosts() {
    auto hosts = parse_hosts(shipped_hosts_toml(), "hosts.toml");
    assert(hosts);
    return *std::move(hosts);
}

std::vector<Host> merge_hosts(std::vector<Host> shipped, std::vector<Host> own) {
    for (Host& host : own) {
        const auto same = std::ranges::find(shipped, host.key, &Host::key);
        if (same == shipped.end()) {
            shipped.push_back(std::move(host));
        } else {
            *same = std::move(host);
        }
    }
    return shipped;
}

}  // namespace heliograph::config
