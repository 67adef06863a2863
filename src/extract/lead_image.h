// SPDX-License-Identifier: GPL-3.0-or-later
// The picture that stands for an article, with its caption and credit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/json_ld.h"
#include "extract/page_facts.h"
#include "html/dom.h"
#include "model/article.h"
#include "model/entry.h"
#include "model/url.h"

namespace heliograph::extract {

struct ImageChoice {
    LeadImage image;
    html::Node node;  // the <figure> round it, else the <img>; null when the page does not show it
    Evidence evidence;
};

// The caption and the credit of one text: "A bridge. Photo: Ana Ruiz" has both.
struct Caption {
    std::string text;
    std::string credit;
};
[[nodiscard]] Caption split_credit(std::string_view caption);

// What is under an <img>: of its <figure>, else of a neighbour that is named a caption.
[[nodiscard]] Caption caption_of(html::Node image);

// What metadata name, unless it is the site's logo or a placeholder; matched to the page's <img> by
// file name. Else the first large picture behind the headline. Nullopt when there is none.
[[nodiscard]] std::optional<ImageChoice> choose_lead_image(const PageFacts& facts,
                                                           const LinkedData& linked, const Url& url,
                                                           html::Node headline, const Entry* entry);

}  // namespace heliograph::extract
