// SPDX-License-Identifier: GPL-3.0-or-later
// Where one mirror's files lie on the operator's machine.
#pragma once

#include <filesystem>
#include <string>

#include "model/config.h"

namespace heliograph::pipeline {

struct Workspace {
    std::filesystem::path config_directory;  // relative paths of the configuration start here
    std::filesystem::path state;             // store, blobs, built trees

    // Held by whoever changes anything.
    [[nodiscard]] std::filesystem::path lock() const { return state / "lock"; }
    // The files of a target as last built.
    [[nodiscard]] std::filesystem::path tree(const Target& target) const {
        return state / "targets" / target.name / "tree";
    }
    // What publishing to it must remember between runs.
    [[nodiscard]] std::filesystem::path work(const Target& target) const {
        return state / "targets" / target.name / "publisher";
    }
};

}  // namespace heliograph::pipeline
