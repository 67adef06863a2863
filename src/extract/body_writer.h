// SPDX-License-Identifier: GPL-3.0-or-later
// The chosen blocks of a page and the pictures among them, written as article HTML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/data_image.h"
#include "extract/page_table.h"
#include "extract/selection.h"
#include "model/article.h"
#include "model/url.h"

namespace heliograph::extract {

struct WrittenBody {
    std::string html;
    std::vector<DataImage> data_images;  // of the body, each once
};

// `lead_image` (may be null) is shown apart and left out here, as is the picture of
// `shown_lead_url`. Addresses are resolved against `base`.
[[nodiscard]] WrittenBody write_body(const PageTable& table, const Selection& selection,
                                     const Url& base, const LeadImage* lead_image,
                                     std::string_view shown_lead_url = {});

// Whether anything of a page's text was chosen.
enum class HasText : bool { kNo, kYes };

// Returns the first film or recording that the page shows in its main part, as article HTML, for a
// page whose text is too short for an article; empty when there is none. Where nothing of the text
// was chosen, the paragraphs beside it follow.
[[nodiscard]] std::string write_main_embed(const PageTable& table, const Url& base,
                                           HasText has_text);

}  // namespace heliograph::extract
