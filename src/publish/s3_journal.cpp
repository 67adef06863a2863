// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/s3_journal.h"

#include <cerrno>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "base/file.h"
#include "base/system_error.h"

namespace heliograph::publish {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

sys_seconds time_of(const nlohmann::json& value) {
    return sys_seconds{seconds{value.get<std::int64_t>()}};
}

}  // namespace

S3Journal::S3Journal(std::filesystem::path folder) : folder_(std::move(folder)) {
    if (const auto text = read_file_if_exists(folder_ / "memory.json")) {
        // Ours; if a disk lost it, it is learnt again, and what was to be removed stays in the
        // bucket.
        const auto json = nlohmann::json::parse(*text, nullptr, false);
        if (json.contains("abilities")) {
            const auto& known = json["abilities"];
            abilities_ = {.place = known.value("place", ""),
                          .probed = time_of(known["probed"]),
                          .etag_is_md5 = known.value("etag_is_md5", false),
                          .multipart = known.value("multipart", false),
                          .keeps_cache_control = known.value("keeps_cache_control", false)};
        }
        if (json.contains("doomed"))
            for (const auto& [path, time] : json["doomed"].items()) doomed_[path] = time_of(time);
    }
    // Lines: "= BASE", "? PATH" about to be touched, "+ HASH PATH" stored. The last line may have
    // been cut short by a crash; then its path has a "?" line still.
    std::istringstream lines(read_file_if_exists(folder_ / "uploads").value_or(""));
    for (std::string line; std::getline(lines, line) && !lines.eof();) {
        if (line.starts_with("= ")) {
            base_ = line.substr(2);
        } else if (line.starts_with("? ")) {
            unfinished_.try_emplace(line.substr(2));
        } else if (line.starts_with("+ ")) {
            const std::size_t space = line.find(' ', 2);
            if (space != std::string::npos)
                unfinished_[line.substr(space + 1)] = line.substr(2, space - 2);
        }
    }
}

void S3Journal::set_abilities(S3Abilities abilities) {
    abilities_ = std::move(abilities);
    save();
}

void S3Journal::set_doomed(std::map<std::string, sys_seconds> doomed) {
    if (doomed == doomed_) return;
    doomed_ = std::move(doomed);
    save();
}

void S3Journal::save() const {
    nlohmann::json json = nlohmann::json::object();
    if (abilities_) {
        json["abilities"] = {{"place", abilities_->place},
                             {"probed", abilities_->probed.time_since_epoch().count()},
                             {"etag_is_md5", abilities_->etag_is_md5},
                             {"multipart", abilities_->multipart},
                             {"keeps_cache_control", abilities_->keeps_cache_control}};
    }
    for (const auto& [path, time] : doomed_) json["doomed"][path] = time.time_since_epoch().count();
    write_file_atomically(folder_ / "memory.json", json.dump(1) + "\n");
}

void S3Journal::begin(const std::string& base, const std::vector<std::string>& paths) {
    if (base != base_) {
        for (auto& [path, hash] : unfinished_) hash.clear();
        base_ = base;
    }
    for (const std::string& path : paths) unfinished_.try_emplace(path);
    std::string lines = "= " + base_ + "\n";
    for (const auto& [path, hash] : unfinished_)
        lines += hash.empty() ? "? " + path + "\n" : "+ " + hash + " " + path + "\n";
    write_file_atomically(folder_ / "uploads", lines);
    uploads_.open(folder_ / "uploads", std::ios::app);
    if (!uploads_) throw system_error("cannot write", (folder_ / "uploads").string(), errno);
}

void S3Journal::stored(const std::string& path, const std::string& hash) {
    uploads_ << "+ " << hash << ' ' << path << '\n' << std::flush;
    if (!uploads_) throw system_error("cannot write", (folder_ / "uploads").string(), errno);
    unfinished_[path] = hash;
}

void S3Journal::end() {
    uploads_.close();
    std::error_code ignored;
    std::filesystem::remove(folder_ / "uploads", ignored);
    unfinished_.clear();
    base_.clear();
}

}  // namespace heliograph::publish
