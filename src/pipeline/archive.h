// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that somebody saved before: a WARC file, or a folder of WARC files and of single pages. It
// answers for an address as the publisher's server did then.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "fetch/fetcher.h"
#include "model/entry.h"
#include "source/warc.h"

namespace heliograph::pipeline {

// Addresses of one archive; each costs some 200 bytes of memory.
inline constexpr std::size_t kMaxArchiveAnswers = 2'000'000;

class Archive {
  public:
    // Whether there is a folder or a WARC file at `path`.
    [[nodiscard]] static bool is_there(const std::filesystem::path& path);
    // Changes when a file of the archive does.
    [[nodiscard]] static std::string version(const std::filesystem::path& path);

    // Goes through all of it once and remembers where each answer stands, the newest of each
    // address. What breaks off or cannot be placed is a warning.
    // Errors: kNotFound when nothing of it can be read.
    [[nodiscard]] static Result<Archive> open(const std::filesystem::path& path);

    // The HTML pages that were answered with 200, in the order of the files.
    [[nodiscard]] const std::vector<Entry>& pages() const { return pages_; }
    [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }
    [[nodiscard]] bool has(const Url& url) const;

    struct Answer {
        fetch::Fetched fetched;
        std::optional<std::chrono::sys_seconds> saved;  // when it was
    };
    // What the archive has at that address, redirects inside it followed; nullopt when there is
    // nothing, or the file changed meanwhile.
    [[nodiscard]] std::optional<Answer> answer(const Url& url);

  private:
    struct Place {
        std::size_t file = 0;
        source::StreamPosition position;
        std::optional<std::chrono::sys_seconds> saved;
        bool is_page_file = false;  // a saved page, no WARC
    };
    void add_warc(const std::filesystem::path& path);
    void add_page(const std::filesystem::path& path);
    bool add_place(const std::string& url, Place place);
    std::optional<source::WarcAnswer> read_at(const Place& place);

    std::vector<std::filesystem::path> files_;
    std::unordered_map<std::string, Place> places_;  // by canonical address
    std::unordered_map<std::string, std::size_t> page_numbers_;
    std::vector<Entry> pages_;
    std::vector<std::string> warnings_;
    // The reader behind the answer that was read last: most are asked for in order.
    struct Open {
        std::size_t file = 0;
        source::StreamPosition last;
        source::WarcReader reader;
    };
    std::optional<Open> open_;
};

}  // namespace heliograph::pipeline
