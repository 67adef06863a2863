// SPDX-License-Identifier: GPL-3.0-or-later
// What publishing to a bucket remembers between runs: what the endpoint can do, what a publication
// that did not end has sent, and what is to be removed later.
#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/file.h"

namespace heliograph::publish {

// What an endpoint turned out to do when it was tried.
struct S3Abilities {
    std::string place{};  // whose abilities: endpoint, bucket, prefix
    std::chrono::sys_seconds probed{};
    bool etag_is_md5 = false;  // else an answer cannot tell what was stored
    bool multipart = false;
    bool keeps_cache_control = false;
};

// A folder with two files: memory.json, and uploads, a line for each object as it goes. Every
// function may throw SystemError.
class S3Journal {
  public:
    explicit S3Journal(std::filesystem::path folder);

    [[nodiscard]] const std::optional<S3Abilities>& abilities() const { return abilities_; }
    void set_abilities(S3Abilities abilities);

    // Objects that readers may still ask for, each with the time from which it may go.
    [[nodiscard]] const std::map<std::string, std::chrono::sys_seconds>& doomed() const {
        return doomed_;
    }
    void set_doomed(std::map<std::string, std::chrono::sys_seconds> doomed);

    // Of the publication that did not end, if there is one: every path it was about to touch, with
    // the hash of what it is known to have stored there, or "".
    [[nodiscard]] const std::map<std::string, std::string>& unfinished() const {
        return unfinished_;
    }
    // A publication begins that goes from the state `base` and touches `paths`; what an unfinished
    // one touched stays on record until the end. Its hashes count only if it began from `base` too.
    void begin(const std::string& base, const std::vector<std::string>& paths);
    void stored(const std::string& path, const std::string& hash);
    void end();

  private:
    void save() const;
    void append(const std::string& line);

    std::filesystem::path folder_;
    std::optional<S3Abilities> abilities_;
    std::map<std::string, std::chrono::sys_seconds> doomed_;
    std::string base_;
    std::map<std::string, std::string> unfinished_;
    std::ofstream uploads_;
};

}  // namespace heliograph::publish
