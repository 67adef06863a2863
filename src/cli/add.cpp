// SPDX-License-Identifier: GPL-3.0-or-later
// The command add: finds a site's feeds and sitemaps and appends them to the configuration.
#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "config/config.h"
#include "config/toml_text.h"
#include "html/url.h"
#include "pipeline/find_sources.h"

namespace heliograph::cli {
namespace {

using pipeline::FoundSource;

// The place of a source as the configuration has it: its address, or its file as seen from there.
std::string place_of(const FoundSource& source, const std::filesystem::path& directory) {
    if (source.path.empty()) return source.url;
    const auto seen = std::filesystem::path(source.path).lexically_relative(directory);
    return seen.empty() || seen.begin()->string() == ".." ? source.path : seen.string();
}

std::string table_of(const FoundSource& source, const std::string& place, const std::string& name,
                     const AddOptions& options) {
    std::string out =
        fmt::format("\n# {}, named by {}.\n[[source]]\nname = {}\n{} = {}\nsection = {}\n",
                    describe(source.kind), source.named_by, config::toml_text(name),
                    source.path.empty() ? "url" : "path", config::toml_text(place),
                    config::toml_text(options.section));
    if (!source.fields.empty()) {
        std::string fields;
        for (const auto& [field, where] : source.fields)
            fields += fmt::format("{}{} = {}", fields.empty() ? "" : ", ", field,
                                  config::toml_text(where));
        out += fmt::format("fields = {{{}}}  # guessed: look at what 'update' finds\n", fields);
    }
    out += "permission = \"\"              # who allowed it and when\n";
    if (options.allow_private) out += "allow_private = true\n";
    return out;
}

std::string name_of(const pipeline::FoundSources& found, const std::string& url) {
    if (!found.site_name.empty()) return found.site_name;
    for (const FoundSource& source : found.sources)
        if (!source.title.empty()) return source.title;
    const auto parsed = html::parse_url(url);
    return parsed ? parsed->host : std::filesystem::path(url).filename().string();
}

}  // namespace

int add(const CommonOptions& common, AddOptions options) {
    const auto session = open_session(common);
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    const auto& sections = session->config.mirror.sections;
    if (options.section.empty() && !sections.empty()) options.section = sections.front().key;
    if (std::ranges::find(sections, options.section, &Section::key) == sections.end()) {
        complain(
            fmt::format("'{}' has no section '{}': add one to [mirror] sections, or name another "
                        "with --section",
                        common.config.string(), options.section));
        return kBadUsage;
    }
    const auto clock = make_clock();
    const auto log = make_log(common);
    const auto found = pipeline::find_sources(options.url, session->config.fetch,
                                              options.allow_private, *clock, *log);
    if (!found) {
        complain(found.error().message);
        return found.error().code == ErrorCode::kConfig ? kBadUsage : kNothingDone;
    }
    const std::string name = options.name.empty() ? name_of(*found, options.url) : options.name;
    std::string text = read_file(common.config);
    if (!text.ends_with('\n')) text += '\n';
    auto report = nlohmann::json::array();
    std::string lines;
    bool has_new = false;
    const auto directory = std::filesystem::absolute(common.config).parent_path();
    for (const FoundSource& source : found->sources) {
        const std::string place = place_of(source, directory);
        const std::string identity = source.path.empty() ? place : "file:" + place;
        const bool is_known = std::ranges::find(session->config.sources, identity, &Source::url) !=
                              session->config.sources.end();
        if (!is_known) text += table_of(source, place, name, options);
        has_new |= !is_known;
        lines += fmt::format(
            "{:<13} {} ({}, {}, named by {})\n", is_known ? "there already" : "appended", place,
            describe(source.kind),
            source.items == 1 ? std::string("1 item") : fmt::format("{} items", source.items),
            source.named_by);
        report.push_back({{source.path.empty() ? "url" : "path", place},
                          {"kind", to_string(source.kind)},
                          {"items", source.items},
                          {"named_by", source.named_by},
                          {"appended", !is_known}});
    }
    for (const pipeline::Failure& failure : found->failures)
        lines += fmt::format("{:<13} {}: {}\n", "no source", failure.subject, failure.reason);
    if (has_new) {
        const auto checked = config::parse_config(text, common.config.string());
        if (!checked) {
            complain(fmt::format("nothing was appended, since the result would be wrong: {}",
                                 checked.error().message));
            return kBadUsage;
        }
        write_file_atomically(std::filesystem::absolute(common.config), text);
    }
    if (common.json) {
        fmt::print("{}\n", report.dump(2));
    } else {
        fmt::print("{}", lines);
        if (has_new)
            fmt::print(
                "Next: write down who permitted it in '{}', take out what you do not want, "
                "then  heliograph run --once\n",
                common.config.string());
    }
    return has_new ? kDone : kSomeFailed;
}

}  // namespace heliograph::cli
