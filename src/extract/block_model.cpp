// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/block_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <sstream>
#include <string>

namespace heliograph::extract {
namespace {

// Of any model: what a node's index has room for.
constexpr std::size_t kMaxNodes = UINT16_MAX;
constexpr std::uint32_t kMaxDepth = 32;

// Walks that go side by side through a tree: each step waits for the one before, so that a
// processor has time for those of other blocks.
constexpr std::size_t kWalks = 8;

// Their features fit into the cache next to the processor.
constexpr std::size_t kBlocksAtOnce = 4 * kWalks;

// The first trees of a model weigh most. A block whose sum lies beyond this after the first or the
// second fifth of them, as two thirds do, is not led through the others: of 10,000 blocks they
// would decide one in another way.
constexpr float kSettled = 2.5;

}  // namespace

// Adds to `sums` what the trees say of those blocks of `all` that `numbers` name.
void BlockModel::add(std::span<const std::uint16_t> roots, std::span<const Features> all,
                     std::span<const std::uint32_t> numbers, std::span<float> sums) const {
    std::array<const float*, kBlocksAtOnce> tile;
    for (std::size_t begin = 0; begin < numbers.size(); begin += kBlocksAtOnce) {
        const auto part = numbers.subspan(begin, std::min(kBlocksAtOnce, numbers.size() - begin));
        // The last walks may be over one block again: nobody asks for their sums.
        tile.fill(all[part.front()].data());
        for (std::size_t b = 0; b < part.size(); ++b) tile[b] = all[part[b]].data();
        std::array<float, kBlocksAtOnce> found{};
        for (const std::uint16_t root : roots) {
            for (std::size_t b = 0; b < part.size(); b += kWalks) {
                std::array<std::uint32_t, kWalks> at;
                at.fill(root);
                for (std::uint32_t step = 0; step < depth_; ++step) {
                    for (std::size_t walk = 0; walk < kWalks; ++walk) {
                        const Node& node = nodes_[at[walk]];
                        at[walk] =
                            node.next + (tile[b + walk][node.feature] > node.threshold ? 1U : 0U);
                    }
                }
                for (std::size_t walk = 0; walk < kWalks; ++walk)
                    found[b + walk] += values_[at[walk]];
            }
        }
        for (std::size_t b = 0; b < part.size(); ++b) sums[part[b]] += found[b];
    }
}

std::vector<float> BlockModel::judge(std::span<const Features> blocks) const {
    std::vector<float> sums(blocks.size(), 0.0F);
    std::vector<std::uint32_t> open(blocks.size());
    std::iota(open.begin(), open.end(), 0U);
    std::size_t done = 0;
    for (const std::size_t fifths : {1U, 2U, 5U}) {
        const std::size_t end = roots_.size() * fifths / 5;
        add(roots_.subspan(done, end - done), blocks, open, sums);
        std::erase_if(open, [&](std::uint32_t b) { return std::abs(sums[b]) > kSettled; });
        done = end;
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
