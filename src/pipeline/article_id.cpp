// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/article_id.h"

#include "base/hash.h"

namespace heliograph::pipeline {

std::string make_article_id(std::string_view canonical_url,
                            const std::function<bool(const std::string&)>& is_taken) {
    constexpr std::size_t kShortest = 10;
    constexpr std::size_t kLongest = 51;
    const Sha256 digest = sha256(canonical_url);
    std::string id = base32(digest, kShortest);
    while (id.size() < kLongest && is_taken(id)) id = base32(digest, id.size() + 1);
    return id;
}

}  // namespace heliograph::pipeline
