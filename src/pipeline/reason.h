// SPDX-License-Identifier: GPL-3.0-or-later
// Why a publication changes a file, for the plan and for the message of a commit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/config.h"
#include "model/file.h"
#include "render/renderer.h"
#include "store/store.h"

namespace heliograph::pipeline {

struct Reason {
    std::string text;                                  // "new article"; few different ones
    std::optional<std::vector<std::string>> sections;  // of the article whose page it is
};

class Reasons {
  public:
    // Both must outlive it.
    Reasons(const Config& config, const Target& target, store::Store& store);

    [[nodiscard]] Reason of(const Change& change) const;

  private:
    store::Store& store_;
    Result<render::Renderer> renderer_;
};

// "Publish 3 new and 1 changed articles", then how many of each section (R57).
[[nodiscard]] std::string commit_message(const Reasons& reasons,
                                         const std::vector<Change>& changes);

}  // namespace heliograph::pipeline
