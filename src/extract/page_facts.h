// SPDX-License-Identifier: GPL-3.0-or-later
// Everything on a page that may speak of its article's metadata, collected in one walk. Nothing is
// judged here. All views point into the page.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "html/dom.h"
#include "html/pager.h"

namespace heliograph::extract {

// An element at its place.
struct Spot {
    html::Node node;
    std::size_t order = 0;      // elements before it
    std::uint32_t roles = 0;    // of its own class and id: ClassRole bits
    std::uint32_t zone = 0;     // of the elements round it: kRoleAside, kRoleComment, ...
    std::string_view property;  // itemprop, or rel="author", or property of RDFa
};

// A link that may lead to another part of the article.
struct PagerLink {
    std::string_view href;
    html::PagerLabel label;
    bool is_marked = false;  // rel="next", or a class of that name
};

struct PageFacts {
    struct Named {
        std::string key;  // lower case
        std::string_view value;
    };

    html::Node body;  // may be null
    std::string_view html_lang;
    std::string_view base_href;  // of <base>; empty when there is none
    std::string title_tag;
    std::vector<Named> metas;  // by name, property, itemprop or http-equiv
    std::vector<Named> links;  // by rel, one for each of its words
    std::vector<std::string_view> json_ld;

    std::vector<Spot> headings;  // h1 to h6, and what is called a headline
    std::vector<Spot> bylines;   // by itemprop, rel or class
    std::vector<Spot> dates;     // <time>, and by itemprop or class
    std::vector<Spot> standfirsts;
    std::vector<Spot> images;  // <img>, and boxes with a background picture
    std::vector<Spot> tags;    // links with rel="tag", or in what is called tags
    std::vector<PagerLink> pager_links;
    bool has_titled_next = false;  // <link rel=next title="...">: it names another article

    // The value of the first meta of that name with one; empty when there is none.
    [[nodiscard]] std::string_view meta(std::string_view key) const;
    [[nodiscard]] std::string_view link(std::string_view rel) const;

    // The place of a heading; 0, the beginning, when it is none of `headings`.
    [[nodiscard]] std::size_t order_of(html::Node heading) const;
};

[[nodiscard]] PageFacts collect_facts(const html::Document& page);

}  // namespace heliograph::extract
