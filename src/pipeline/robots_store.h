// SPDX-License-Identifier: GPL-3.0-or-later
// The store as the fetcher's memory of robots.txt files.
#pragma once

#include <optional>
#include <string>

#include "fetch/fetcher.h"
#include "store/store.h"

namespace heliograph::pipeline {

class RobotsStore final : public fetch::RobotsCache {
  public:
    explicit RobotsStore(store::Store& store) : store_(store) {}

    [[nodiscard]] std::optional<fetch::RobotsFile> find(const std::string& key) override {
        auto row = store_.robots(key);
        if (!row) return std::nullopt;
        return fetch::RobotsFile{
            .body = std::move(row->body), .fetched = row->fetched, .expires = row->expires};
    }
    void save(const std::string& key, const fetch::RobotsFile& file) override {
        store_.save_robots(key,
                           {.body = file.body, .fetched = file.fetched, .expires = file.expires});
    }

  private:
    store::Store& store_;
};

}  // namespace heliograph::pipeline
