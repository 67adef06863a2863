// SPDX-License-Identifier: GPL-3.0-or-later
// The end of a run, for people and for programs.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/report.h"

namespace heliograph::cli {

// Everything one run did. Stages that were not asked for are empty.
struct RunSummary {
    std::optional<pipeline::UpdateReport> update;
    std::vector<pipeline::BuildReport> builds;
    std::vector<pipeline::PublicationReport> publications;
    std::chrono::milliseconds elapsed{};

    [[nodiscard]] bool has_failures() const;
};

// "45 KB"
[[nodiscard]] std::string size_text(std::uint64_t bytes);

// Lines: found, new, updated, failed with each reason, published, seconds. With `notes` also what
// was refused and mended, each with its reason.
[[nodiscard]] std::string to_text(const RunSummary& summary, bool notes);
[[nodiscard]] std::string to_json(const RunSummary& summary);

}  // namespace heliograph::cli
