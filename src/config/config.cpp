// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <set>
#include <span>
#include <vector>

#include "config/table_reader.h"

namespace heliograph::config {
namespace {

bool is_web_address(std::string_view text) {
    return text.starts_with("https://") || text.starts_with("http://");
}

// "https://user:password@host/"; an SSH address has no password.
bool has_password(std::string_view address) {
    if (!is_web_address(address)) return false;
    const std::string_view rest = address.substr(address.find("//") + 2);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    const auto at = authority.rfind('@');
    return at != authority.npos && authority.substr(0, at).find(':') != authority.npos;
}

// Section keys are part of paths on every kind of host.
bool is_section_key(std::string_view key) {
    return !key.empty() && key.size() <= 64 && key.front() != '-' &&
           std::ranges::all_of(key, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

Mirror read_mirror(const toml::table& table, Problems& problems) {
    TableReader in(table, "[mirror]", problems);
    Mirror mirror;
    mirror.title = in.string("title", Need::kRequired);
    mirror.language = in.string("language", Need::kOptional, mirror.language);
    mirror.description = in.string("description");
    mirror.contact = in.string("contact");
    mirror.offline = in.boolean("offline", mirror.offline);
    mirror.theme = in.string("theme");
    mirror.picks = in.string("picks");
    mirror.rules = in.string("rules");
    const std::string feeds = in.string("feeds", Need::kOptional, "full");
    if (feeds != "full" && feeds != "summary")
        in.complain("feeds", fmt::format("is '{}'; it may be 'full' or 'summary'", feeds));
    mirror.feed_text = feeds == "summary" ? FeedText::kSummary : FeedText::kFull;
    mirror.state = in.string("state", Need::kOptional, mirror.state);
    std::set<std::string> keys;
    for (const toml::table* section : in.tables("sections")) {
        TableReader inner(*section, "a section of [mirror]", problems);
        Section made{.key = inner.string("key", Need::kRequired),
                     .name = inner.string("name", Need::kRequired)};
        inner.finish();
        if (made.key.empty()) continue;  // said already
        if (!is_section_key(made.key)) {
            inner.complain(
                "key",
                "may have lower-case letters a-z, digits and '-' only: it is part of addresses");
        }
        if (!keys.insert(made.key).second)
            inner.complain("key", fmt::format("is '{}' a second time", made.key));
        mirror.sections.push_back(std::move(made));
    }
    in.finish();
    return mirror;
}

FetchLimits read_fetch(const toml::table& table, Problems& problems) {
    TableReader in(table, "[fetch]", problems);
    FetchLimits limits;
    limits.user_agent = in.string("user_agent");
    limits.requests_per_second =
        in.integer("requests_per_second", limits.requests_per_second, 0, 10'000);
    limits.connections_per_host =
        in.integer("connections_per_host", limits.connections_per_host, 1, 256);
    limits.kilobytes_per_second =
        in.integer("kilobytes_per_second", limits.kilobytes_per_second, 0, 1'000'000);
    const auto seconds = [&](std::string_view key, std::chrono::seconds otherwise) {
        return std::chrono::seconds{in.integer(key, static_cast<int>(otherwise.count()), 1, 3'600)};
    };
    limits.timeout = seconds("timeout_seconds", limits.timeout);
    limits.connect_timeout = seconds("connect_timeout_seconds", limits.connect_timeout);
    limits.first_byte_timeout = seconds("first_byte_timeout_seconds", limits.first_byte_timeout);
    limits.stall_timeout = seconds("stall_timeout_seconds", limits.stall_timeout);
    constexpr int kMonth = 31 * 24 * 60;
    limits.poll_min = std::chrono::minutes{
        in.integer("poll_min_minutes", static_cast<int>(limits.poll_min.count()), 0, kMonth)};
    limits.poll_max = std::chrono::minutes{
        in.integer("poll_max_minutes", static_cast<int>(limits.poll_max.count()), 0, kMonth)};
    limits.recheck = in.boolean("recheck", limits.recheck);
    if (limits.poll_max < limits.poll_min)
        in.complain("poll_max_minutes", "must not be less than 'poll_min_minutes'");
    in.finish();
    return limits;
}

PictureSettings read_pictures(const toml::table& table, Problems& problems) {
    static constexpr std::string_view kFormats[] = {"webp", "jpeg", "both"};
    static constexpr std::string_view kAnimations[] = {"still", "keep"};
    TableReader in(table, "[pictures]", problems);
    PictureSettings settings;
    switch (in.choice("format", kFormats, Need::kOptional)) {
        case 1:
            settings.formats = {PictureFormat::kJpeg};
            break;
        case 2:
            settings.formats = {PictureFormat::kWebp, PictureFormat::kJpeg};
            break;
        default:
            break;
    }
    settings.max_width = in.integer("max_width", settings.max_width, 64, 16'000);
    settings.small_width = in.integer("small_width", settings.small_width, 0, 16'000);
    if (in.choice("animations", kAnimations, Need::kOptional) == 1)
        settings.animations = Animations::kKeep;
    settings.quality = in.integer("quality", settings.quality, 1, 100);
    in.finish();
    return settings;
}

Retention read_retention(const toml::table& table, Problems& problems) {
    TableReader in(table, "[retention]", problems);
    Retention retention;
    constexpr int kMost = 1'000'000'000;
    retention.days = in.integer("days", 0, 0, kMost);
    retention.articles = in.integer("articles", 0, 0, kMost);
    retention.megabytes = in.integer("megabytes", 0, 0, kMost);
    in.finish();
    return retention;
}

// A header's name is a token (RFC 9110 section 5.1). Those that the program or libcurl itself must
// decide are not to be set.
bool is_header(std::string_view name, std::string_view value) {
    static constexpr std::string_view kOurs[] = {"accept-encoding",
                                                 "connection",
                                                 "content-length",
                                                 "cookie",
                                                 "host",
                                                 "if-modified-since",
                                                 "if-none-match",
                                                 "range",
                                                 "te",
                                                 "transfer-encoding",
                                                 "upgrade"};
    static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    std::string lower(name);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const bool is_token = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                              kMarks.find(c) != std::string_view::npos;
        if (!is_token) return false;
    }
    return !name.empty() && std::ranges::find(kOurs, lower) == std::end(kOurs) &&
           std::ranges::all_of(value, [](unsigned char c) { return c >= 0x20 && c != 0x7F; });
}

Publishing read_publishing(const toml::table& table, Problems& problems) {
    TableReader in(table, "[publish]", problems);
    Publishing publishing;
    publishing.most_removed_percent =
        in.integer("most_removed_percent", publishing.most_removed_percent, 0, 100);
    publishing.most_removed_files =
        in.integer("most_removed_files", publishing.most_removed_files, 0, 1'000'000'000);
    publishing.hosts = in.string("hosts");
    publishing.tries = in.integer("tries", publishing.tries, 1, 20);
    in.finish();
    return publishing;
}

// How a source's document is to be read, where that does not show.
void read_reading(TableReader& in, Source& source) {
    static constexpr std::string_view kFields[] = {"author",  "date", "image", "language",
                                                   "summary", "tags", "title", "url"};
    source.links = in.string("links");
    source.fields = in.strings("fields", Numbers::kAllowed);
    source.include = in.texts("include");
    source.exclude = in.texts("exclude");
    for (const auto& [field, place] : source.fields) {
        if (std::ranges::find(kFields, field) == std::end(kFields) || place.empty())
            in.complain("fields", fmt::format("has '{}', which is none of {}, or has no place",
                                              field, fmt::join(kFields, ", ")));
    }
    if (!source.fields.empty() && std::ranges::find(source.fields, "url", [](const auto& f) {
                                      return f.first;
                                  }) == source.fields.end())
        in.complain("fields", "needs 'url': where in each element its address stands");
    if (!source.fields.empty() && !source.links.empty())
        in.complain("links", "is for a section page, 'fields' for an array; keep one of them");
}

Source read_source(const toml::table& table, const Mirror& mirror, Problems& problems) {
    TableReader in(table, "[[source]]", problems);
    Source source;
    source.name = in.string("name", Need::kRequired);
    source.path = in.string("path");
    source.url = in.string("url", source.path.empty() ? Need::kRequired : Need::kOptional);
    source.section = in.string("section", Need::kRequired);
    source.language = in.string("language");
    source.permission = in.string("permission");
    source.proxy = in.string("proxy");
    source.user_agent = in.string("user_agent");
    source.ca_file = in.string("ca_file");
    source.headers = in.strings("headers");
    source.allow_private = in.boolean("allow_private", source.allow_private);
    read_reading(in, source);
    in.finish();
    if (!source.url.empty() && !is_web_address(source.url)) {
        in.complain("url", "must begin with https:// or http://");
    }
    if (!source.url.empty() && !source.path.empty())
        in.complain("path", "stands instead of 'url'; keep one of them");
    if (!source.path.empty()) source.url = "file:" + source.path;
    if (!source.proxy.empty() && !source.proxy.starts_with("http://") &&
        !source.proxy.starts_with("socks5h://"))
        in.complain("proxy", "must begin with http:// or socks5h://");
    for (const auto& [name, value] : source.headers)
        if (!is_header(name, value))
            in.complain("headers", fmt::format("has '{}', which cannot be sent as it is", name));
    if (!source.section.empty() && std::ranges::find(mirror.sections, source.section,
                                                     &Section::key) == mirror.sections.end()) {
        in.complain("section",
                    fmt::format("is '{}', which [mirror] sections does not list", source.section));
    }
    return source;
}

// A pattern of paths: each part literal, in characters that every host and file system takes, or
// one of the words in braces; the id last, so that no two articles share a path.
bool is_article_path(std::string_view pattern) {
    constexpr std::string_view kId = "/{id}";
    // Folders that the mirror's other pages have.
    constexpr std::string_view kTaken[] = {"all", "go",       "hot",      "media", "months",
                                           "qr",  "sections", "sitemaps", "tags"};
    if (!pattern.ends_with(kId)) return false;
    const std::string_view first = pattern.substr(0, pattern.find('/'));
    if (std::ranges::find(kTaken, first) != std::end(kTaken)) return false;
    std::string plain(pattern.substr(0, pattern.size() - kId.size()));
    for (const std::string_view word : {"{yyyy}", "{mm}", "{dd}", "{section}"})
        if (const std::size_t at = plain.find(word); at != std::string::npos)
            plain.replace(at, word.size(), "x");
    return !plain.empty() && plain.front() != '/' && plain.find("//") == std::string::npos &&
           std::ranges::all_of(plain, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '/';
           });
}

bool is_link_suffix(std::string_view suffix) {
    return suffix.empty() ||
           (suffix.front() == '?' && std::ranges::all_of(suffix.substr(1), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '=' || c == '{' || c == '}';
            }));
}

Announcement read_announcement(const toml::table& table, Problems& problems) {
    TableReader in(table, "[[announcement]]", problems);
    Announcement announcement;
    announcement.text = in.string("text", Need::kRequired);
    announcement.url = in.string("url");
    announcement.is_sampled = in.boolean("sampled", announcement.is_sampled);
    in.finish();
    if (!announcement.url.empty() && !is_web_address(announcement.url))
        in.complain("url", "must begin with https:// or http://");
    return announcement;
}

Companion read_companion(const toml::table& table, Problems& problems) {
    TableReader in(table, "[[companion]]", problems);
    Companion companion;
    companion.key = in.string("key", Need::kRequired);
    companion.name = in.string("name", Need::kRequired);
    companion.url = in.string("url", Need::kRequired);
    companion.is_mirror = in.boolean("mirror", companion.is_mirror);
    in.finish();
    if (!companion.key.empty() && !is_section_key(companion.key))
        in.complain(
            "key", "may have lower-case letters a-z, digits and '-' only: it is part of addresses");
    if (!companion.url.empty() && !is_web_address(companion.url))
        in.complain("url", "must begin with https:// or http://");
    return companion;
}

bool is_bucket(std::string_view name) {
    return name.size() >= 3 && name.size() <= 63 && std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == '_';
           });
}

S3Target read_s3(TableReader& in, Need need) {
    S3Target s3;
    s3.endpoint = in.string("endpoint", need);
    s3.bucket = in.string("bucket", need);
    s3.prefix = in.string("prefix");
    s3.region = in.string("region", Need::kOptional, s3.region);
    s3.credentials = in.string("credentials");
    constexpr int kYear = 366 * 24;
    s3.delete_after = std::chrono::hours{
        in.integer("delete_after_hours", static_cast<int>(s3.delete_after.count()), 0, kYear)};
    if (!s3.endpoint.empty() && !is_web_address(s3.endpoint))
        in.complain("endpoint", "must begin with https:// or http://");
    if (!s3.bucket.empty() && !is_bucket(s3.bucket))
        in.complain("bucket", "must be a bucket's name alone: 3 to 63 letters, digits, '-', '.'");
    if (s3.prefix.starts_with('/') || s3.prefix.find("//") != std::string::npos)
        in.complain("prefix", "must not begin with '/' or have '//' in it");
    if (!s3.prefix.empty() && !s3.prefix.ends_with('/')) s3.prefix += '/';
    return s3;
}

ArchiveLimits read_archive(TableReader& in) {
    constexpr int kMost = 1'000'000'000;
    constexpr std::uint64_t kMegabyte = 1'000'000;
    ArchiveLimits limits;
    limits.split = in.boolean("split", limits.split);
    limits.files = static_cast<std::uint64_t>(in.integer("max_files", 0, 0, kMost));
    limits.bytes = static_cast<std::uint64_t>(in.integer("max_megabytes", 0, 0, kMost)) * kMegabyte;
    return limits;
}

void read_read_back(TableReader& in, Target& target) {
    static constexpr std::string_view kPolicies[] = {"warn", "off", "require"};
    static constexpr ReadBackPolicy kPolicyOf[] = {ReadBackPolicy::kWarn, ReadBackPolicy::kOff,
                                                   ReadBackPolicy::kRequire};
    target.read_back = kPolicyOf[in.choice("read_back", kPolicies, Need::kOptional)];
    target.raw_url = in.string("raw_url");
    target.allow_private = in.boolean("allow_private", target.allow_private);
    if (!target.raw_url.empty() && !is_web_address(target.raw_url))
        in.complain("raw_url", "must begin with https:// or http://");
    if (!target.raw_url.empty() && !target.raw_url.ends_with('/')) target.raw_url += '/';
}

// "2025" or "2025-11".
bool is_period(std::string_view period) {
    constexpr std::string_view kForm = "dddd-dd";
    return (period.size() == 4 || period.size() == kForm.size()) &&
           std::ranges::equal(period, kForm.substr(0, period.size()), [](char c, char form) {
               return form == 'd' ? c >= '0' && c <= '9' : c == form;
           });
}

Target read_target(const toml::table& table, Problems& problems) {
    static constexpr std::string_view kKinds[] = {"git", "directory", "s3", "archive"};
    static constexpr TargetKind kKindOf[] = {TargetKind::kGit, TargetKind::kDirectory,
                                             TargetKind::kS3, TargetKind::kArchive};
    static constexpr std::string_view kFormats[] = {"markdown", "html"};
    TableReader in(table, "[[target]]", problems);
    Target target;
    target.kind = kKindOf[in.choice("kind", kKinds, Need::kRequired)];
    target.format = in.choice("format", kFormats, Need::kRequired) == 0 ? PageFormat::kMarkdown
                                                                        : PageFormat::kHtml;
    target.name = in.string("name");
    target.base_url = in.string("base_url", Need::kRequired);
    const bool is_git = target.kind == TargetKind::kGit;
    const bool is_s3 = target.kind == TargetKind::kS3;
    target.path = in.string("path", is_git || is_s3 ? Need::kOptional : Need::kRequired);
    target.s3 = read_s3(in, is_s3 ? Need::kRequired : Need::kOptional);
    target.archive = read_archive(in);
    read_read_back(in, target);
    target.remote = in.string("remote", is_git ? Need::kRequired : Need::kOptional);
    target.branch = in.string("branch", Need::kOptional, target.branch);
    target.article_path = in.string("article_path", Need::kOptional, target.article_path);
    target.link_suffix = in.string("link_suffix");
    static constexpr std::string_view kScripts[] = {"", "zh-Hans", "zh-Hant"};
    target.script = kScripts[in.choice("script", kScripts, Need::kOptional)];
    target.host = in.string("host");
    target.moved_to = in.string("moved_to");
    target.sync_job = in.boolean("sync_job", target.sync_job);
    target.history_megabytes = in.integer("history_megabytes", 0, 0, 1'000'000);
    target.old_history = in.string("old_history", Need::kOptional, target.old_history);
    target.part_of = in.string("part_of");
    target.period = in.string("period");
    if (!is_article_path(target.article_path)) {
        in.complain("article_path",
                    "must end in '/{id}', may have {yyyy}, {mm}, {dd} and {section} besides "
                    "letters, digits, '-', '_' and '/', and must not begin with a folder of the "
                    "mirror's lists");
    }
    if (!is_link_suffix(target.link_suffix))
        in.complain("link_suffix",
                    "must begin with '?', with letters, digits, '-', '_', '=' and {id} after it");
    in.finish();
    if (is_git && !target.path.empty())
        in.complain("path", "belongs to kind = \"directory\"; git has 'remote'");
    if (is_s3 && !target.path.empty())
        in.complain("path", "belongs to kind = \"directory\"; s3 has 'bucket' and 'prefix'");
    if (!target.part_of.empty() && !is_git)
        in.complain("part_of", "belongs to kind = \"git\": a repository has parts");
    if (target.part_of.empty() != target.period.empty())
        in.complain(target.period.empty() ? "part_of" : "period",
                    "'part_of' and 'period' belong together");
    if (!target.period.empty() && !is_period(target.period))
        in.complain("period", "must be a year or a month: \"2025\" or \"2025-11\"");
    if (has_password(target.remote) || has_password(target.old_history))
        in.complain(has_password(target.remote) ? "remote" : "old_history",
                    "has a password in it, which no configuration should: take it out, and give it "
                    "to a credential helper of git's");
    if (!is_git && !target.remote.empty())
        in.complain("remote", "belongs to kind = \"git\"; a directory has 'path'");
    if (!is_s3 && !target.s3.bucket.empty()) in.complain("bucket", "belongs to kind = \"s3\"");
    if (!target.base_url.empty() && !is_web_address(target.base_url)) {
        in.complain("base_url", "must begin with https:// or http://");
    }
    if (!target.base_url.ends_with('/')) target.base_url += '/';
    return target;
}

// Names are folders below the state folder, so they must differ and be plain.
void name_targets(std::vector<Target>& targets) {
    std::set<std::string> taken;
    for (const Target& target : targets) taken.insert(target.name);
    for (Target& target : targets) {
        if (!target.name.empty()) continue;
        const std::string kind = target.kind == TargetKind::kGit       ? "git"
                                 : target.kind == TargetKind::kS3      ? "s3"
                                 : target.kind == TargetKind::kArchive ? "archive"
                                                                       : "directory";
        for (int number = 1; target.name.empty(); ++number) {
            std::string name = number == 1 ? kind : fmt::format("{}-{}", kind, number);
            if (taken.insert(name).second) target.name = std::move(name);
        }
    }
}

// Tells parts and wholes of each other. A part's pages have the paths they would have in its whole.
void join_parts(std::vector<Target>& targets, Problems& problems) {
    for (Target& part : targets) {
        if (part.part_of.empty()) continue;
        const auto complain = [&](std::string_view what) {
            problems.add({1, 1}, fmt::format("target '{}' has part_of = '{}', {}", part.name,
                                             part.part_of, what));
        };
        const auto whole = std::ranges::find(targets, part.part_of, &Target::name);
        if (whole == targets.end() || !whole->part_of.empty() || whole->kind != TargetKind::kGit) {
            complain("which is no other target of kind = \"git\" that is whole");
            continue;
        }
        if (whole->format != part.format) complain("whose 'format' is another");
        for (const Part& other : whole->parts)
            if (other.period.starts_with(part.period) || part.period.starts_with(other.period))
                complain(fmt::format("whose part '{}' has that period already", other.target));
        part.whole_url = whole->base_url;
        part.article_path = whole->article_path;
        part.link_suffix = whole->link_suffix;
        part.script = whole->script;
        whole->parts.push_back(
            {.target = part.name, .period = part.period, .base_url = part.base_url});
    }
}

}  // namespace

Result<Config> parse_config(std::string_view toml, const std::string& file_name) {
    Problems problems(file_name);
    toml::table root;
    try {
        root = toml::parse(toml, file_name);
    } catch (const toml::parse_error& error) {
        problems.add(error.source().begin, std::string(error.description()));
        return fail(ErrorCode::kConfig, problems.text());
    }
    Config config;
    TableReader in(root, "the configuration", problems);
    if (const auto* mirror = in.table("mirror")) {
        config.mirror = read_mirror(*mirror, problems);
    } else if (!root.contains("mirror")) {
        problems.add({1, 1}, "the configuration needs a [mirror] table with at least a 'title'");
    }
    if (const auto* limits = in.table("fetch")) config.fetch = read_fetch(*limits, problems);
    if (const auto* pictures = in.table("pictures"))
        config.pictures = read_pictures(*pictures, problems);
    if (const auto* retention = in.table("retention"))
        config.retention = read_retention(*retention, problems);
    if (const auto* publishing = in.table("publish"))
        config.publishing = read_publishing(*publishing, problems);
    for (const toml::table* table : in.tables("source")) {
        config.sources.push_back(read_source(*table, config.mirror, problems));
    }
    for (const toml::table* table : in.tables("announcement"))
        config.mirror.announcements.push_back(read_announcement(*table, problems));
    for (const toml::table* table : in.tables("companion")) {
        Companion companion = read_companion(*table, problems);
        if (std::ranges::find(config.mirror.companions, companion.key, &Companion::key) !=
            config.mirror.companions.end())
            problems.add(table->source().begin,
                         fmt::format("a second [[companion]] has the key '{}'", companion.key));
        config.mirror.companions.push_back(std::move(companion));
    }
    std::set<std::string> names;
    for (const toml::table* table : in.tables("target")) {
        Target target = read_target(*table, problems);
        TableReader place(*table, "[[target]]", problems);
        if (!target.name.empty() && !is_section_key(target.name)) {
            place.complain(
                "name",
                "may have lower-case letters a-z, digits and '-' only: it is a folder's name");
        }
        if (!target.name.empty() && !names.insert(target.name).second) {
            place.complain("name", fmt::format("is '{}' a second time", target.name));
        }
        config.targets.push_back(std::move(target));
    }
    in.finish();
    std::set<std::string> addresses;
    for (const Source& source : config.sources) {
        if (!addresses.insert(source.url).second) {
            problems.add({1, 1}, fmt::format("the source '{}' is there twice; keep one of them",
                                             source.url));
        }
    }
    if (!problems.empty()) return fail(ErrorCode::kConfig, problems.text());
    name_targets(config.targets);
    for (Target& target : config.targets) {
        if (target.moved_to.empty()) continue;
        const auto next = std::ranges::find(config.targets, target.moved_to, &Target::name);
        if (next == config.targets.end() || &*next == &target) {
            problems.add({1, 1}, fmt::format("target '{}' has moved_to = '{}', which is no other "
                                             "target",
                                             target.name, target.moved_to));
            return fail(ErrorCode::kConfig, problems.text());
        }
        target.moved_url = next->base_url;
    }
    join_parts(config.targets, problems);
    if (!problems.empty()) return fail(ErrorCode::kConfig, problems.text());
    return config;
}

std::string_view commented_example() {
    return R"toml(# Heliograph: which articles to mirror, and where to publish them.
# Run it with:  heliograph run --once
# Lines that begin with # are notes, or settings that are off.

[mirror]
title = "My mirror"
language = "en"              # of menus and notes: en, zh-Hans, zh-Hant, ar, fa, ru, es, fr, ja
#description = "What readers find here, in one sentence."
#contact = "mailto:you@example.org"
sections = [
    {key = "news", name = "News"},      # the key becomes part of addresses: a-z, 0-9, -
]
#rules = "rules"             # CSS rules for sites that come out wrong: docs/site-rules.md
#picks = "picks.txt"         # the editors' picks, for home: an article's address a line
#feeds = "summary"           # what the mirror's own feeds give of an article; else the full text
#offline = true              # browsers keep the last pages a reader opened (a script; see README)
#theme = "plain"             # another look; or a folder whose files replace those of the program
#state = "state"             # folder of the store, beside this file

#[fetch]
#requests_per_second = 2     # to one host; 0: as fast as it answers
#connections_per_host = 2
#kilobytes_per_second = 4000 # from one host, over time; 0: no limit
#timeout_seconds = 30        # for one document; and until there is a connection, until the
#connect_timeout_seconds = 10     # answer begins, and between two bytes of it
#first_byte_timeout_seconds = 20
#stall_timeout_seconds = 15
#poll_min_minutes = 5        # a source is asked at most so often, and at least so often; between
#poll_max_minutes = 360      # them as its own news come and as it asks for. Both 0: at each run
#recheck = false             # else articles are read again after 1 and 6 hours, 1, 3, 10, 30 days
#user_agent = "MyMirror/1.0 (+https://mirror.example/about)"

# How pictures are stored from now on. JPEG is larger, for readers whose programs know no WebP.
#[pictures]
#format = "jpeg"             # or webp, or both: browsers then take what they know
#max_width = 800             # pixels; else 1200
#small_width = 320           # of a second size, which pages offer to small screens; 0: none; else 480
#animations = "keep"         # as WebP; else their first picture, which is a hundredth of the bytes
#quality = 60                # 1 to 100; else 72

# What the mirror keeps; else all. The oldest leave first, each with a page that says so.
#[retention]
#days = 365
#articles = 100000
#megabytes = 5000            # of texts and pictures

# A publication that would remove more than both of these waits for 'publish --allow-removals'.
#[publish]
#most_removed_percent = 20   # of the files a target holds
#most_removed_files = 50
#tries = 4                   # of one run, when a host does not answer
#hosts = "hosts.toml"        # your own limits of hosts, before the program's (docs/hosts.md)

# What a publisher's articles are found through: a feed (RSS, Atom, JSON Feed), a sitemap or an
# index of sitemaps, a page that lists articles, a list (CSV, "url,title"), OPML. What it is shows in
# its content. Give each source its own [[source]]; 'heliograph add https://daily.example/' finds
# them. More in docs/sources.md.
[[source]]
name = "Example Daily"
url = "https://daily.example/feed.xml"
section = "news"
permission = ""              # who allowed it and when: "written consent, 2026-03-01"
#language = "en"             # if feed and pages do not say
#proxy = "socks5h://127.0.0.1:9050"   # names are looked up at its far end; or http://
#user_agent = "MyMirror/1.0"
#headers = {X-Mirror-Key = "as agreed"}  # sent to this publisher's own hosts alone
#ca_file = "publisher-ca.pem"  # certificates to trust for it, beside the system's
#allow_private = true        # only for publishers on your own network
#links = ".headline a"       # of a section page: its links by CSS, where they do not show
#include = ["budget", "tax"] # only articles whose title has one of these words
#exclude = ["horoscope"]     # and none whose title has one of these

# Your own list or archive of pages (WARC, or a folder of saved pages), beside this file.
#[[source]]
#name = "Example Daily"
#path = "lists/editors.csv"
#section = "news"
#fields = {url = 3, title = 1, date = 2}  # of an array in a script or JSON: where these stand

# A folder that a web server shows to readers.
[[target]]
kind = "directory"
path = "public"              # beside this file, or absolute
base_url = "https://mirror.example/"
format = "html"
#article_path = "pages/{section}/{id}"  # else articles/{yyyy}/{mm}/{id}
#script = "zh-Hant"          # Chinese articles in this script, whatever they were written in
#link_suffix = "?{id}"       # on links to articles, for hosts that keep old copies of addresses

# A repository on a Git host. Anything `git push` takes; log in with git's own means.
#[[target]]
#kind = "git"
#remote = "git@host.example:us/mirror.git"
#branch = "main"
#base_url = "https://host.example/us/mirror/blob/main/"
#format = "markdown"
#host = "github"             # whose limits hold (docs/hosts.md); else told by the remote's address
#history_megabytes = 2000    # from which the history begins anew; else four fifths of the host's limit
#old_history = "branch"      # what then becomes of it: "branch", "drop", or another repository
#sync_job = false            # no jobs for forks (.github, .gitlab-ci.yml, .forgejo) in the mirror

#read_back = "require"       # if readers do not get what was published: "warn", "off", "require"
#raw_url = "https://raw.host.example/us/mirror/main/"  # where the files are, if base_url shows pages
#allow_private = true        # reading back may lead to your own network

# ZIP files of the whole mirror, for web hosts that take uploads.
#[[target]]
#kind = "archive"
#path = "upload/mirror.zip"
#base_url = "https://mirror.host.example/"
#format = "html"
#max_files = 20000           # of an archive
#max_megabytes = 25
#split = true                # several archives, rather than a failure

# A bucket of an S3 service. Credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or
# from a file (see docs/s3.md), never from here.
#[[target]]
#kind = "s3"
#endpoint = "https://s3.example/"
#bucket = "mirror"
#prefix = "news"             # before every key
#region = "us-east-1"
#credentials = "s3.credentials"   # beside this file; only its owner may read it
#delete_after_hours = 24     # how long what left the mirror stays for readers of old lists
#base_url = "https://mirror.s3.example/news/"
#format = "html"

# A line on home and the first page of each list; of sampled ones each page has one.
#[[announcement]]
#text = "We moved: the old address is blocked."
#url = "https://mirror.example/moved"
#sampled = true

# Where else this mirror is. Pages lead to go/KEY and that to the address: change it here alone.
#[[companion]]
#key = "second"
#name = "Our second mirror"
#url = "https://second.example/"
#mirror = true               # the same pages are below that address
)toml";
}

}  // namespace heliograph::config
