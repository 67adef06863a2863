// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of articles: fetched once whoever shows them, re-encoded, stored, or remembered with
// what went wrong.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "extract/data_image.h"
#include "fetch/fetcher.h"
#include "media/picture.h"
#include "model/config.h"
#include "pipeline/archive.h"
#include "pipeline/report.h"
#include "pipeline/worker_pool.h"
#include "store/store.h"

namespace heliograph::pipeline {

// Works as fetcher and workers are run. Belongs to their thread.
class PictureReader {
  public:
    PictureReader(const Config& config, store::Store& store, const Clock& clock,
                  fetch::Fetcher& fetcher, WorkerPool& workers, UpdateReport& report)
        : config_(config),
          store_(store),
          clock_(clock),
          fetcher_(fetcher),
          workers_(workers),
          report_(report) {}

    // Calls `done` once the picture is stored or has failed; at once when nothing is to be done.
    // `archive` may be null; what it has is not asked for elsewhere.
    void want(const std::string& url, const Source& source, std::function<void()> done,
              Archive* archive = nullptr);
    // Stores an image whose bytes came with the page, and calls `done` as want() does. `page` is
    // the address for the report.
    // REQUIRES: image.problem is empty.
    void keep(extract::DataImage image, const std::string& page, std::function<void()> done);
    // Asks again for those that failed and whose time has come.
    void retry_due();

  private:
    void take(const std::string& url, Result<fetch::Fetched> answer);
    // `page`: where the image was, for the report; empty: `url` says it.
    void make(const std::string& url, std::string bytes, const std::string& page = {});
    void release(const std::string& url);  // calls back what waits for it
    void finish(const std::string& url, Result<media::Picture> picture,
                const std::string& page = {});

    const Config& config_;
    store::Store& store_;
    const Clock& clock_;
    fetch::Fetcher& fetcher_;
    WorkerPool& workers_;
    UpdateReport& report_;
    // Pictures under way, each with what waits for it.
    std::unordered_map<std::string, std::vector<std::function<void()>>> waiting_;
};

}  // namespace heliograph::pipeline
