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

struct Trace;

struct ImageChoice {
    LeadImage image;
    // The address of the picture that the page shows in its place; empty when it has the same name,
    // or when the page shows none. Only the bytes can say whether the two are one picture.
    std::string shown_url;
    html::Node node;  // the <figure> round it, else the <img>; null when the page does not show it
    Evidence evidence;
    Evidence words_evidence;  // of caption and credit
};

// What metadata name, unless it is the site's logo or a placeholder, with the words under it where
// the page shows it (found by the name of its file); where the page shows none of that name, the
// captioned picture that leads the article. Without metadata the first large picture at the
// headline. Nullopt when there is none. `title` is no caption.
[[nodiscard]] std::optional<ImageChoice> choose_lead_image(
    const PageFacts& facts, const LinkedData& linked, const Url& url, html::Node headline,
    std::string_view title, const Entry* entry, Trace* trace = nullptr);

}  // namespace heliograph::extract
