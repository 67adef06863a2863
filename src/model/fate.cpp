// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/fate.h"

#include <utility>

namespace heliograph {
namespace {

constexpr std::pair<Fate, std::string_view> kNames[] = {
    {Fate::kPending, "pending"},     {Fate::kPublished, "published"},
    {Fate::kDuplicate, "duplicate"}, {Fate::kNotAnArticle, "not-an-article"},
    {Fate::kTooShort, "too-short"},  {Fate::kPaywalled, "paywalled"},
    {Fate::kBlocked, "blocked"},     {Fate::kGone, "gone"},
    {Fate::kWithdrawn, "withdrawn"}, {Fate::kExpired, "expired"},
    {Fate::kFailed, "failed"},       {Fate::kExcluded, "excluded-by-rule"},
};

}  // namespace

std::string_view to_string(Fate fate) {
    for (const auto& [value, name] : kNames) {
        if (value == fate) return name;
    }
    return "unknown";
}

std::optional<Fate> parse_fate(std::string_view text) {
    for (const auto& [value, name] : kNames) {
        if (name == text) return value;
    }
    return std::nullopt;
}

}  // namespace heliograph
