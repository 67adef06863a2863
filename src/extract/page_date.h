// SPDX-License-Identifier: GPL-3.0-or-later
// When an article was published and last changed.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "extract/json_ld.h"
#include "extract/page_facts.h"
#include "extract/surroundings.h"
#include "html/dom.h"
#include "model/article.h"
#include "model/entry.h"
#include "model/url.h"

namespace heliograph::extract {

struct Trace;

struct DateChoice {
    std::optional<DateTime> published;
    std::optional<DateTime> updated;
    Evidence published_evidence;
    Evidence updated_evidence;
};

// A machine's date (RFC 3339 and so on, seconds or milliseconds since 1970) or a printed one.
[[nodiscard]] std::optional<DateTime> read_any_date(std::string_view text,
                                                    std::string_view language,
                                                    std::string_view host);

// Metadata, marked elements, the address and the lines round the headline vote on the day;
// docs/metadata.md has the rule. The local day as printed wins over the day in UTC.
[[nodiscard]] DateChoice choose_dates(const PageFacts& facts, const LinkedData& linked,
                                      const std::vector<Line>& lines, const Url& url,
                                      std::string_view language, html::Node headline,
                                      const Entry* entry, Trace* trace = nullptr);

}  // namespace heliograph::extract
