// SPDX-License-Identifier: GPL-3.0-or-later
// The chosen blocks of a page and the pictures among them, written as article HTML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "extract/page_table.h"
#include "extract/selection.h"
#include "model/article.h"
#include "model/url.h"

namespace heliograph::extract {

struct WrittenBody {
    std::string html;
    std::size_t pictures_inside = 0;  // pictures that the page has in itself (data:), left out
};

// `lead_image` (may be null) is shown apart and left out here, as is the picture of
// `shown_lead_url`. Addresses are resolved against
// `base`.
[[nodiscard]] WrittenBody write_body(const PageTable& table, const Selection& selection,
                                     const Url& base, const LeadImage* lead_image,
                                     std::string_view shown_lead_url = {});

}  // namespace heliograph::extract
