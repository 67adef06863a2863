// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/article.h"

#include <functional>
#include <tuple>

namespace heliograph {

std::chrono::sys_seconds appeared(const ArticleSummary& article) {
    return article.published ? article.published->utc : article.first_captured;
}

bool newer_first(const ArticleSummary& a, const ArticleSummary& b) {
    return std::make_tuple(appeared(b), std::cref(a.id)) <
           std::make_tuple(appeared(a), std::cref(b.id));
}

}  // namespace heliograph
