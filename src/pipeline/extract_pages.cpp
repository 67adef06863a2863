// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/extract_pages.h"

#include <fmt/format.h>
#include <algorithm>
#include <deque>
#include <fstream>
#include <memory>
#include <optional>
#include <thread>

#include "base/file.h"
#include "base/system_error.h"
#include "fetch/content_type.h"
#include "fetch/fetcher.h"
#include "html/url.h"
#include "pipeline/worker_pool.h"
#include "source/warc.h"

namespace heliograph::pipeline {
namespace fs = std::filesystem;
namespace {

using namespace std::chrono_literals;

// Pages under way for each processor: enough that none waits while the oldest one is slow.
constexpr std::size_t kPagesPerThread = 16;

bool is_address(std::string_view name) {
    return name.starts_with("http://") || name.starts_with("https://");
}

bool is_page(const fs::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".html" || extension == ".htm" || extension == ".xhtml";
}

class Extraction {
  public:
    Extraction(const ExtractPagesOptions& options, const Clock& clock, Log& log,
               const PageWriter& write, const std::function<void(std::string)>& print)
        : options_(options),
          write_(write),
          print_(print),
          fetcher_(options.fetch, clock, log),
          threads_(std::max(1U, std::thread::hardware_concurrency())),
          workers_(threads_) {}

    void run(const NextPage& next) {
        for (bool is_last = false; !is_last || !pages_.empty();) {
            while (!is_last && pages_.size() < threads_ * kPagesPerThread) {
                auto request = next();
                is_last = !request;
                if (request) begin(*std::move(request));
            }
            if (pages_.empty()) break;
            if (fetcher_.active() > 0) {
                fetcher_.run(workers_.pending() > 0 ? 5ms : 200ms);
            } else if (!pages_.front()->text) {
                workers_.wait(200ms);
            }
            workers_.drain();
            for (; !pages_.empty() && pages_.front()->text; pages_.pop_front())
                print_(*std::move(pages_.front()->text));
        }
    }

  private:
    struct Page {
        std::string name;
        std::optional<std::string> text;  // once it is done
    };

    void begin(PageRequest asked) {
        const std::string name = asked.name;
        pages_.push_back(std::make_unique<Page>(Page{.name = name, .text = {}}));
        Page& page = *pages_.back();
        if (asked.bytes || !is_address(name)) {
            work(page,
                 [asked = std::move(asked), rules = options_.rules, templates = options_.templates](
                     extract::Trace* trace) -> Result<extract::ExtractedPage> {
                     try {
                         const std::string bytes =
                             asked.bytes ? *asked.bytes : read_file(asked.name);
                         return extract::extract_page(
                             {.bytes = bytes,
                              .url = html::parse_url(asked.url).value_or(Url{}),
                              .transport_charset = asked.charset,
                              .templates = templates,
                              .rules = rules,
                              .trace = trace});
                     } catch (const SystemError& error) {
                         return fail(ErrorCode::kNotFound, error.what());
                     }
                 });
            return;
        }
        const auto url = html::parse_url(name);
        if (!url) {
            finish(page, fail(ErrorCode::kMalformed,
                              fmt::format("'{}' is not an address of the web", name)));
            return;
        }
        fetch::FetchRequest request;
        request.url = *url;
        request.allow_private = options_.allow_private;
        fetcher_.submit(std::move(request), [this, &page](Result<fetch::Fetched> answer) {
            if (answer && answer->status != 200)
                answer = fail(ErrorCode::kNotFound, fmt::format("'{}' answered with HTTP status {}",
                                                                page.name, answer->status));
            if (!answer) {
                finish(page, std::unexpected(std::move(answer).error()));
                return;
            }
            work(page,
                 [fetched = *std::move(answer), rules = options_.rules,
                  templates =
                      options_.templates](extract::Trace* trace) -> Result<extract::ExtractedPage> {
                     return extract::extract_page({.bytes = fetched.body,
                                                   .url = fetched.url,
                                                   .transport_charset = fetched.charset,
                                                   .templates = templates,
                                                   .rules = rules,
                                                   .trace = trace});
                 });
        });
    }

    template <typename Read>  // Result<extract::ExtractedPage>(extract::Trace*)
    void work(Page& page, Read read) {
        workers_.submit(
            [this, &page, read = std::move(read)] {
                if (!options_.is_traced) return write_({.name = page.name, .page = read(nullptr)});
                extract::Trace trace;
                auto extracted = read(&trace);
                return write_(
                    {.name = page.name, .page = std::move(extracted), .trace = std::move(trace)});
            },
            [&page](std::string text) { page.text = std::move(text); });
    }

    void finish(Page& page, Result<extract::ExtractedPage> extracted) {
        page.text = write_({.name = page.name, .page = std::move(extracted)});
    }

    const ExtractPagesOptions& options_;
    const PageWriter& write_;
    const std::function<void(std::string)>& print_;
    fetch::Fetcher fetcher_;
    std::size_t threads_;
    std::deque<std::unique_ptr<Page>> pages_;  // in order of their names; callbacks hold them
    WorkerPool workers_;                       // ends first
};

}  // namespace

std::vector<PageRequest> expand_folders(const std::vector<PageRequest>& requests) {
    std::vector<PageRequest> out;
    for (const PageRequest& request : requests) {
        std::error_code error;
        if (is_address(request.name) || !fs::is_directory(request.name, error)) {
            out.push_back(request);
            continue;
        }
        std::vector<std::string> pages;
        auto entry = fs::recursive_directory_iterator(request.name, error);
        for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error))
            if (entry->is_regular_file() && is_page(entry->path()))
                pages.push_back(entry->path().string());
        if (error)
            throw SystemError(
                fmt::format("cannot read folder '{}': {}", request.name, error.message()));
        std::ranges::sort(pages);
        for (std::string& page : pages)
            out.push_back(
                {.name = std::move(page), .url = request.url, .charset = request.charset});
    }
    return out;
}

NextPage pages_of_warc_files(std::vector<std::string> files,
                             std::function<void(const std::string&)> complain) {
    struct State {
        std::vector<std::string> files;
        std::size_t next_file = 0;
        std::optional<source::WarcReader> reader;
    };
    // Shared by the copies that a std::function makes of itself.
    auto state = std::make_shared<State>(State{.files = std::move(files), .reader = {}});
    return [state, complain = std::move(complain)]() -> std::optional<PageRequest> {
        while (true) {
            if (!state->reader) {
                if (state->next_file == state->files.size()) return std::nullopt;
                const std::string& file = state->files[state->next_file++];
                auto stream = std::make_shared<std::ifstream>(file, std::ios::binary);
                if (!*stream) {
                    complain(fmt::format("cannot read '{}'", file));
                    continue;
                }
                state->reader.emplace(
                    [stream](std::span<char> out) {
                        stream->read(out.data(), static_cast<std::streamsize>(out.size()));
                        return static_cast<std::size_t>(stream->gcount());
                    },
                    source::StreamPosition{});
            }
            auto answer = state->reader->next();
            if (!answer)
                complain(fmt::format("'{}': {}", state->files[state->next_file - 1],
                                     answer.error().message));
            if (!answer || !*answer) {
                state->reader.reset();
                continue;
            }
            const auto type = fetch::parse_content_type((*answer)->content_type);
            if ((*answer)->status != 200 ||
                (type.media_type != "text/html" && type.media_type != "application/xhtml+xml"))
                continue;
            return PageRequest{.name = (*answer)->url,
                               .url = (*answer)->url,
                               .charset = type.charset,
                               .bytes = std::move((*answer)->body)};
        }
    };
}

void extract_pages(const NextPage& next, const ExtractPagesOptions& options, const Clock& clock,
                   Log& log, const PageWriter& write,
                   const std::function<void(std::string)>& print) {
    Extraction(options, clock, log, write, print).run(next);
}

}  // namespace heliograph::pipeline
