// SPDX-License-Identifier: GPL-3.0-or-later
// The operator's configuration (heliograph.toml), read and checked; config::parse_config makes it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/host.h"
#include "model/site_rules.h"

namespace heliograph {

struct Section {
    std::string key;   // lower-case ASCII letters, digits, "-": part of paths
    std::string name;  // for people
};

struct Source {
    std::string name;      // the publisher, for people; sources of one publisher share it
    std::string url;       // its identity; "file:" and the path as written for one of this machine
    std::string path;      // of a file or folder here, instead of an address; empty: none
    std::string section;   // key of a Section
    std::string language;  // BCP 47; empty: as the feed or the page says
    std::string permission;  // empty: none recorded, and `status` says so
    std::string proxy;       // "socks5h://127.0.0.1:9050"; empty: none
    std::string user_agent;  // empty: that of FetchLimits
    std::vector<std::pair<std::string, std::string>> headers;  // sent to this source's hosts
    std::string ca_file;         // certificates to trust beside the system's; empty: none
    bool allow_private = false;  // may its own site have loopback and private addresses
    std::string links;           // CSS selector of a section page's links; empty: found by itself
    // Of an array in a script or JSON: what each field of an entry is called (source/json_feed.h).
    std::vector<std::pair<std::string, std::string>> fields;
    // Titles: only those with one of the first, none with one of the second, whatever the case.
    std::vector<std::string> include;
    std::vector<std::string> exclude;
};

enum class TargetKind : std::uint8_t { kGit, kDirectory, kS3, kArchive };
enum class PageFormat : std::uint8_t { kMarkdown, kHtml };

// Of a target of kind "s3".
struct S3Target {
    std::string endpoint;  // address of the service
    std::string bucket;
    std::string prefix;  // of every key; empty, or ends in "/"
    std::string region = "us-east-1";
    std::string credentials;  // file; empty: from the environment
    // Objects that left the mirror stay this long, for readers who still have a list with them.
    std::chrono::hours delete_after{24};
};

// Of a target of kind "archive"; 0: no limit.
struct ArchiveLimits {
    bool split = false;  // several archives, rather than none that is too large
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
};

// What becomes of a publication that readers do not get: nothing is looked at, it is told, or it
// failed.
enum class ReadBackPolicy : std::uint8_t { kOff, kWarn, kRequire };

// A repository of its own for the articles of one period.
struct Part {
    std::string target;    // its name
    std::string period;    // as Target::period
    std::string base_url;  // as Target::base_url
};

struct Target {
    std::string name;  // unique; made from kind and place when not given
    TargetKind kind = TargetKind::kDirectory;
    PageFormat format = PageFormat::kHtml;
    std::string base_url;  // ends in "/"; page addresses are base_url + path
    ReadBackPolicy read_back = ReadBackPolicy::kWarn;
    // Where the files themselves are, if base_url shows pages of them; ends in "/".
    std::string raw_url;
    bool allow_private = false;  // may reading back lead to loopback and private addresses
    std::string path;    // directory and archive: absolute, or relative to the configuration file
    std::string remote;  // git: anything `git push` takes
    std::string branch = "main";  // git
    S3Target s3;
    ArchiveLimits archive;
    // Where an article's page stands, without its extension; ends in "{id}".
    std::string article_path = "articles/{yyyy}/{mm}/{id}";
    // "zh-Hans" or "zh-Hant": Chinese articles and the mirror's own words in that script, whatever
    // script they were written in; empty: as they are.
    std::string script;
    std::string link_suffix;    // of links to articles, such as "?{id}"; empty: none
    std::string host;           // key of a Host; empty: told by its address
    std::string moved_to;       // name of the target that takes its place; empty: none does
    std::string moved_url;      // base address of that one
    bool sync_job = true;       // git: jobs for forks are part of the mirror
    int history_megabytes = 0;  // git: from which the history begins anew; 0: as its host allows
    // git: what then becomes of the old one: "branch", "drop", or another repository's address.
    std::string old_history = "branch";
    // A part holds the articles of its period, which its whole then does not: there, lists and
    // feeds lead to it. Empty for a target that is no part.
    std::string part_of;      // name of its whole, which is of the same kind and format
    std::string period;       // of a part: "2025" or "2025-11", by when an article appeared, in UTC
    std::string whole_url;    // of a part: base address of its whole
    std::vector<Part> parts;  // of a whole
};

// A line for readers on home and the lists' first pages.
struct Announcement {
    std::string text;
    std::string url;          // may be empty
    bool is_sampled = false;  // one of the sampled ones a page, rather than this one on all
};

// Another place where readers find this mirror, or something that belongs to it. Pages lead to
// "go/KEY", which leads on to the address: so a new address changes that page alone.
struct Companion {
    std::string key;  // as of a Section
    std::string name;
    std::string url;
    bool is_mirror = false;  // has the same pages below `url`
};

enum class FeedText : std::uint8_t { kFull, kSummary };

struct Mirror {
    std::string title;
    std::string language = "en";  // of the interface texts
    std::string description;
    std::string contact;
    std::vector<Section> sections;
    FeedText feed_text = FeedText::kFull;  // what the mirror's own feeds give of an article
    std::vector<Announcement> announcements;
    std::vector<Companion> companions;
    std::string theme;            // "", "plain", or a folder of files that replace ours
    bool offline = false;         // browsers keep the last pages that a reader opened
    std::string rules;            // folder of site rules; empty: none
    std::string picks;            // file of the editors' picks; empty: none
    std::string state = "state";  // folder of the store; relative to the configuration file
};

// How much of the news the mirror keeps; 0: all of it. The oldest articles leave first.
struct Retention {
    int days = 0;
    int articles = 0;
    int megabytes = 0;  // of texts and pictures, as the store has them
};

// How the publishers' hosts are treated. Each host has its own budget.
enum class PictureFormat : std::uint8_t { kWebp, kJpeg };
// Animations: only their first picture, or as they are.
enum class Animations : std::uint8_t { kStill, kKeep };

// How publishers' pictures are stored; those that are stored already stay as they are.
struct PictureSettings {
    // Side by side; programs that know several take WebP. The last is for all others.
    std::vector<PictureFormat> formats = {PictureFormat::kWebp};
    int max_width = 1200;   // pixels; smaller pictures are not enlarged
    int small_width = 480;  // of a second size for small screens; 0: none
    int quality = 72;       // of the encoder, to 100
    Animations animations = Animations::kStill;
};

struct FetchLimits {
    std::string user_agent;       // empty: Heliograph's own with the address of its documentation
    int requests_per_second = 2;  // to one host; 0: no limit
    int connections_per_host = 2;
    int kilobytes_per_second = 4000;              // from one host, over time; 0: no limit
    std::chrono::seconds timeout{30};             // of a whole request
    std::chrono::seconds connect_timeout{10};     // until there is a connection
    std::chrono::seconds first_byte_timeout{20};  // until the first byte of the answer
    std::chrono::seconds stall_timeout{15};       // between bytes
    // Bounds of how often a source is asked; between them its own cadence decides. Both 0: at each
    // run.
    std::chrono::minutes poll_min{5};
    std::chrono::minutes poll_max{360};
    bool recheck = true;  // read published articles again, ever more rarely, for corrections
};

struct Publishing {
    // A publication that would remove more than this share of a target's files, and more than that
    // number, waits until the operator has looked at it: a lost store must not empty the mirrors.
    int most_removed_percent = 20;
    int most_removed_files = 50;
    int tries = 4;      // of one run, when a host does not answer
    std::string hosts;  // file of hosts' limits that go before those of the program; empty: none
};

struct Config {
    Mirror mirror;
    FetchLimits fetch;
    PictureSettings pictures;
    Retention retention;
    Publishing publishing;
    std::vector<Host> hosts;  // config::parse_hosts reads them; empty: no limits are known
    std::vector<Source> sources;
    std::vector<Target> targets;
    std::vector<SiteRules> site_rules;  // pipeline::read_site_rules_folder reads them
};

}  // namespace heliograph
