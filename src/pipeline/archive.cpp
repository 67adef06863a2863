// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/archive.h"

#include <fmt/format.h>
#include <algorithm>
#include <fstream>
#include <memory>
#include <utility>

#include "base/file.h"
#include "base/hash.h"
#include "base/system_error.h"
#include "base/utf8.h"
#include "extract/metadata.h"
#include "fetch/content_type.h"
#include "html/charset.h"
#include "html/dom.h"
#include "html/url.h"

namespace heliograph::pipeline {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxWarnings = 100;
// Larger files are no saved page.
constexpr std::uintmax_t kMaxPageFileBytes = std::uintmax_t{64} << 20;

source::ReadBytes read_file_from(const fs::path& path, std::uint64_t offset) {
    auto stream =
        std::make_shared<std::ifstream>(path, std::ios::binary);  // copied with the function
    stream->seekg(static_cast<std::streamoff>(offset));
    return [stream = std::move(stream)](std::span<char> out) -> std::size_t {
        stream->read(out.data(), static_cast<std::streamsize>(out.size()));
        return static_cast<std::size_t>(stream->gcount());
    };
}

bool is_html(std::string_view content_type) {
    const std::string type = fetch::parse_content_type(content_type).media_type;
    return type == "text/html" || type == "application/xhtml+xml";
}

bool is_page_name(const fs::path& path) {
    const std::string extension = ascii_lower(path.extension().string());
    return extension == ".html" || extension == ".htm" || extension == ".xhtml";
}

bool is_warc_name(const fs::path& path) {
    const std::string name = ascii_lower(path.filename().string());
    return name.ends_with(".warc") || name.ends_with(".warc.gz") || name.ends_with(".warc.zst");
}

// The files of a folder that may be of an archive, in order of their paths.
std::vector<fs::path> files_of(const fs::path& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) return {path};
    std::vector<fs::path> out;
    auto entry = fs::recursive_directory_iterator(path, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (entry->is_regular_file(error) &&
            (is_page_name(entry->path()) || is_warc_name(entry->path())))
            out.push_back(entry->path());
    }
    std::ranges::sort(out);
    return out;
}

std::string key_of(const Url& url) { return html::canonical_form(url).href; }

// Where a saved page says it was.
std::optional<Url> declared_address(const std::string& bytes) {
    html::Document document;
    document.parse(html::decode_page(bytes, {}).text);
    const extract::Metadata metadata = extract::read_metadata(document, Url{}, nullptr);
    if (!metadata.url.href.empty()) return metadata.url;
    return html::parse_url(metadata.canonical_url);
}

}  // namespace

bool Archive::is_there(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) return true;
    return fs::is_regular_file(path, error) && source::is_warc(read_file_from(path, 0));
}

std::string Archive::version(const fs::path& path) {
    Fingerprint all;
    for (const fs::path& file : files_of(path)) {
        std::error_code error;
        all.add(file.string())
            .add(std::to_string(fs::file_size(file, error)))
            .add(std::to_string(fs::last_write_time(file, error).time_since_epoch().count()));
    }
    return all.hex();
}

Result<Archive> Archive::open(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error))
        return fail(ErrorCode::kNotFound,
                    fmt::format("cannot read archive '{}': there is no such file", path.string()));
    Archive archive;
    for (const fs::path& file : files_of(path)) {
        if (is_page_name(file)) {
            archive.add_page(file);
        } else {
            archive.add_warc(file);
        }
    }
    if (archive.places_.empty())
        return fail(
            ErrorCode::kNotFound,
            fmt::format("cannot read archive '{}': {}", path.string(),
                        archive.warnings_.empty() ? "there is no answer to any request in it"
                                                  : archive.warnings_.front()));
    return archive;
}

bool Archive::add_place(const std::string& url, Place place) {
    if (places_.size() == kMaxArchiveAnswers) return false;
    const auto [known, is_new] = places_.emplace(url, place);
    if (!is_new && known->second.saved <= place.saved) known->second = place;
    return true;
}

void Archive::add_warc(const fs::path& path) {
    const auto warn = [&](std::string_view what) {
        if (warnings_.size() < kMaxWarnings)
            warnings_.push_back(fmt::format("'{}': {}", path.string(), what));
    };
    files_.push_back(path);
    source::WarcReader reader(read_file_from(path, 0), {});
    while (true) {
        auto read = reader.next();
        if (!read) {
            warn(read.error().message + "; what stands before is taken");
            break;
        }
        if (!*read) break;
        source::WarcAnswer& answer = **read;
        const auto url = html::parse_url(answer.url);
        if (!url) continue;
        Place place{.file = files_.size() - 1, .position = answer.position, .saved = {}};
        if (answer.date) place.saved = answer.date->utc;
        const std::string key = key_of(*url);
        if (!add_place(key, place)) {
            warn(fmt::format("more than {} answers: the rest left out", kMaxArchiveAnswers));
            break;
        }
        if (answer.status == 200 && is_html(answer.content_type) &&
            page_numbers_.emplace(key, pages_.size()).second)
            pages_.emplace_back().url = url->href;
    }
    if (reader.passed_over() > 0)
        warn(fmt::format("{} answers passed over: too large, or damaged", reader.passed_over()));
}

void Archive::add_page(const fs::path& path) {
    std::error_code error;
    if (fs::file_size(path, error) > kMaxPageFileBytes) return;
    std::optional<Url> url;
    try {
        url = declared_address(read_file(path));
    } catch (const SystemError& failure) {
        warnings_.emplace_back(failure.what());
        return;
    }
    if (!url) {
        if (warnings_.size() < kMaxWarnings)
            warnings_.push_back(fmt::format(
                "'{}' left out: the page does not say which address it has", path.string()));
        return;
    }
    files_.push_back(path);
    const std::string key = key_of(*url);
    if (add_place(key,
                  {.file = files_.size() - 1, .position = {}, .saved = {}, .is_page_file = true}) &&
        page_numbers_.emplace(key, pages_.size()).second)
        pages_.emplace_back().url = url->href;
}

bool Archive::has(const Url& url) const { return places_.contains(key_of(url)); }

// From where the last one ended, when that is before it in the same member; else from the member's
// beginning.
std::optional<source::WarcAnswer> Archive::read_at(const Place& place) {
    const bool can_go_on = open_ && open_->file == place.file &&
                           open_->last.offset == place.position.offset &&
                           open_->last < place.position;
    if (!can_go_on) {
        open_.emplace(
            Open{.file = place.file,
                 .last = place.position,
                 .reader = source::WarcReader(
                     read_file_from(files_[place.file], place.position.offset), place.position)});
    }
    while (true) {
        auto read = open_->reader.next();
        if (!read || !*read || (*read)->position > place.position) {
            open_.reset();
            return std::nullopt;
        }
        open_->last = (*read)->position;
        if ((*read)->position == place.position) return std::move(**read);
    }
}

std::optional<Archive::Answer> Archive::answer(const Url& asked) {
    Url url = asked;
    for (int hops = 0; hops <= fetch::kMaxRedirects; ++hops) {
        const auto found = places_.find(key_of(url));
        if (found == places_.end()) return std::nullopt;
        Answer out;
        out.fetched.url = url;
        out.saved = found->second.saved;
        if (found->second.is_page_file) {
            out.fetched.status = 200;
            try {
                out.fetched.body = read_file(files_[found->second.file]);
            } catch (const SystemError&) {
                return std::nullopt;
            }
            return out;
        }
        auto read = read_at(found->second);
        if (!read) return std::nullopt;
        if (read->status >= 300 && read->status < 400 && !read->location.empty()) {
            auto next = html::parse_url(read->location, &url);
            if (!next) return std::nullopt;
            url = *std::move(next);
            continue;
        }
        const fetch::ContentType type = fetch::parse_content_type(read->content_type);
        out.fetched.status = read->status;
        out.fetched.content_type = type.media_type;
        out.fetched.charset = type.charset;
        out.fetched.body = std::move(read->body);
        return out;
    }
    return std::nullopt;
}

}  // namespace heliograph::pipeline
