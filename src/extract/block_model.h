// SPDX-License-Identifier: GPL-3.0-or-later
// The trained judge of blocks: boosted decision trees that say how likely a block belongs to the
// article. How it was trained, and on what: docs/decisions/0004-a-trained-judge-of-blocks.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "extract/block_features.h"

namespace heliograph::extract {

class BlockModel {
  public:
    // Steps go to `next` when the feature is at most `threshold`, to `next` + 1 otherwise. A leaf
    // stays where it is: its threshold is above every number.
    struct Node {
        float threshold;
        std::uint16_t feature;
        std::uint16_t next;
    };

    // Views that outlive the model. REQUIRES: as many values as nodes, both as parse() checks them.
    constexpr BlockModel(std::span<const Node> nodes, std::span<const float> values,
                         std::span<const std::uint16_t> roots, std::uint32_t depth)
        : nodes_(nodes), values_(values), roots_(roots), depth_(depth) {}

    // The one that the program is built with (block_model_data.cpp).
    [[nodiscard]] static const BlockModel& built_in();

    // The probability of each block, 0 to 1.
    [[nodiscard]] std::vector<float> judge(std::span<const Features> blocks) const;

  private:
    void add(std::span<const std::uint16_t> roots, std::span<const Features> all,
             std::span<const std::uint32_t> numbers, std::span<float> sums) const;

    std::span<const Node> nodes_;
    std::span<const float> values_;  // a node each; only those of leaves are read
    std::span<const std::uint16_t> roots_;
    std::uint32_t depth_;  // steps that reach every leaf
};

// A model in memory of its own, as scripts/train_blocks.py writes it to a file: for scores of
// models that have not seen the page's site.
class BlockModelFile {
  public:
    // nullopt when the text is no model.
    [[nodiscard]] static std::optional<BlockModelFile> parse(std::string_view text);

    [[nodiscard]] BlockModel model() const { return {nodes_, values_, roots_, depth_}; }

  private:
    std::vector<BlockModel::Node> nodes_;
    std::vector<float> values_;
    std::vector<std::uint16_t> roots_;
    std::uint32_t depth_ = 0;
};

}  // namespace heliograph::extract
