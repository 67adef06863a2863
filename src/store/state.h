// SPDX-License-Identifier: GPL-3.0-or-later
// What a Store holds, for the files that implement it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "store/sqlite.h"
#include "store/store.h"

namespace heliograph::store {

struct Store::State {
    std::filesystem::path folder;
    Database database;
    bool in_transaction = false;

    explicit State(const std::filesystem::path& place)
        : folder(place), database(place / "heliograph.db") {}

    // Runs `work` in a transaction that `begin` begins, or as a part of the one that there is.
    void in_one(const char* begin, const std::function<void()>& work);
    void refresh_fingerprint(const std::string& article);
    // Its lists are to be looked at again.
    void mark_unplaced(const std::string& article);
};

}  // namespace heliograph::store
