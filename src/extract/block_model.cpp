// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/block_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <sstream>
#include <string>

namespace heliograph::extract {
namespace {

// Of any model: what a node's index has room for.
constexpr std::size_t kMaxNodes = UINT16_MAX;
constexpr std::uint32_t kMaxDepth = 32;

// Their features fit into the cache next to the processor.
constexpr std::size_t kBlocksAtOnce = 32;

}  // namespace

std::vector<float> BlockModel::judge(std::span<const Features> blocks) const {
    std::vector<float> sums(blocks.size(), 0.0F);
    // Trees outside, blocks inside: the walks of several blocks run side by side in the processor.
    for (std::size_t begin = 0; begin < blocks.size(); begin += kBlocksAtOnce) {
        const std::size_t end = std::min(begin + kBlocksAtOnce, blocks.size());
        for (const std::uint16_t root : roots_) {
            for (std::size_t b = begin; b < end; ++b) {
                std::uint32_t at = root;
                for (std::uint32_t step = 0; step < depth_; ++step) {
                    const Node& node = nodes_[at];
                    at = node.next + (blocks[b][node.feature] > node.threshold ? 1U : 0U);
                }
                sums[b] += values_[at];
            }
        }
    }
    for (float& sum : sums) sum = 1.0F / (1.0F + std::exp(-sum));
    return sums;
}

// The number of nodes, of trees and the depth; a line a node ("leaf VALUE" or "FEATURE THRESHOLD
// NEXT"); the roots.
std::optional<BlockModelFile> BlockModelFile::parse(std::string_view text) {
    std::istringstream in{std::string(text)};
    BlockModelFile file;
    std::size_t nodes = 0;
    std::size_t trees = 0;
    if (!(in >> nodes >> trees >> file.depth_) || nodes == 0 || nodes > kMaxNodes ||
        trees > nodes || file.depth_ > kMaxDepth)
        return std::nullopt;
    for (std::size_t i = 0; i < nodes; ++i) {
        std::string feature;
        BlockModel::Node node{.threshold = std::numeric_limits<float>::infinity(),
                              .feature = 0,
                              .next = static_cast<std::uint16_t>(i)};
        float value = 0;
        if (!(in >> feature)) return std::nullopt;
        if (feature == "leaf") {
            if (!(in >> value)) return std::nullopt;
        } else {
            std::size_t number = 0;
            std::size_t next = 0;
            std::istringstream digits(feature);
            if (!(digits >> number) || !(in >> node.threshold >> next) || number >= kFeatures ||
                next + 1 >= nodes)
                return std::nullopt;
            node.feature = static_cast<std::uint16_t>(number);
            node.next = static_cast<std::uint16_t>(next);
        }
        file.nodes_.push_back(node);
        file.values_.push_back(value);
    }
    for (std::size_t i = 0; i < trees; ++i) {
        std::size_t root = 0;
        if (!(in >> root) || root >= nodes) return std::nullopt;
        file.roots_.push_back(static_cast<std::uint16_t>(root));
    }
    return file;
}

}  // namespace heliograph::extract
