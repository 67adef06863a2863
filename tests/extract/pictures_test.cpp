// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures that scripts load later, the lead image, and the words under pictures.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>

#include "extract/caption.h"
#include "extract/extract.h"
#include "html/url.h"
#include "support/article_check.h"

namespace heliograph::extract {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kDot =
    "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

constexpr std::string_view kText[] = {
    "The ferry between the two islands was taken out of service on Monday, and the company could "
    "not say, when asked, how long the repairs to its engine would take.",
    "Until then a smaller boat carries passengers, though no cars; the bakers of the smaller "
    "island "
    "have begun to share one van, which the mayor called a lesson in good sense.",
    "The last time the ferry stood still, in the winter of the great ice, people walked over the "
    "sound with lanterns, and some of the older ones still speak of it with joy.",
};

std::string paragraphs() {
    std::string out;
    for (int i = 0; i < 2; ++i)
        for (const std::string_view text : kText) out += fmt::format("<p>{} Part {}.</p>", text, i);
    return out;
}

Article article_of(const std::string& page) {
    const Extraction extraction =
        extract_article({.bytes = page,
                         .url = html::parse_url("https://daily.example/ferry.html").value(),
                         .transport_charset = "utf-8"});
    const auto* article = std::get_if<Article>(&extraction);
    if (article == nullptr) return {};
    EXPECT_EQ(test::ArticleCheck::fault_of(article->body), "");
    return *article;
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + 1))
        ++found;
    return found;
}

struct Form {
    std::string_view name;
    std::string markup;  // of a picture whose address holds "ferry-at-quay"
};

std::vector<Form> forms() {
    const std::string size = " width=900 height=600 alt='Alt'";
    const std::string real = "/im/ferry-at-quay.jpg";
    const std::string set = "/im/ferry-at-quay-600.jpg 600w, /im/ferry-at-quay.jpg 1200w";
    const std::string noscript = "<noscript><img src='" + real + "'" + size + "></noscript>";
    std::vector<Form> out = {
        {"plain", "<img src='" + real + "'" + size + ">"},
        {"srcset", "<img src='/im/ferry-at-quay-100.jpg' srcset='" + set + "'" + size + ">"},
        {"data dot and srcset", fmt::format("<img src='{}' data-srcset='{}'{}>", kDot, set, size)},
        {"tiny preview by its address",
         "<img src='/im/q-20x15.jpg' data-src='" + real + "'" + size + ">"},
        {"preview of a scaling server",
         "<img src='/im/q.jpg?w=20&blur=50' data-src='" + real + "'" + size + ">"},
        {"preview in srcset",
         "<img srcset='/im/q.jpg 20w' data-src='" + real + "' src='/im/q.jpg'" + size + ">"},
        {"svg in data, noscript",
         "<img src='data:image/svg+xml,%3Csvg%3E%3C/svg%3E'" + size + ">" + noscript},
        {"gif of unknown name, noscript", "<img class=lazy src='/im/ph.gif'>" + noscript},
        {"no src, noscript before", noscript + "<img class=lazy>"},
        {"wrapped in a span, noscript",
         "<span><img src='" + std::string(kDot) + "'" + size + ">" + noscript + "</span>"},
        {"noscript outside of the span",
         "<span><img src='" + std::string(kDot) + "'" + size + "></span>" + noscript},
        {"next.js",
         fmt::format("<span style='display:block'><img alt='Alt' src='{}' data-nimg='fill'>"
                     "<noscript><img alt='Alt' srcset='/_next/image?url=%2Fim%2Fferry-at-quay.jpg&"
                     "amp;w=1080&amp;q=75 1x, /_next/image?url=%2Fim%2Fferry-at-quay.jpg&amp;w=1920"
                     "&amp;q=75 2x' src='/_next/image?url=%2Fim%2Fferry-at-quay.jpg&amp;w=1920&amp;"
                     "q=75'></noscript></span>",
                     kDot)},
        {"amp", "<amp-img src='" + real +
                    "' width=900 height=600 layout=responsive alt='Alt'>"
                    "</amp-img>"},
        {"amp with noscript",
         "<amp-img src='" + real + "' width=900 height=600 alt='Alt'>" + noscript + "</amp-img>"},
        {"picture with data-srcset",
         fmt::format("<picture><source data-srcset='{}'><img src='{}'{}></picture>", set, kDot,
                     size)},
        {"picture with srcset and a grey square", "<picture><source srcset='" + set +
                                                      "'><img src='/assets/grey-square.svg'" +
                                                      size + "></picture>"},
        {"background in the style",
         "<div class=photo role=img aria-label=Alt style=\"background-image: url('" + real +
             "')\"></div>"},
        {"background for a script", "<div class='photo lazy' data-bg='" + real + "'></div>"},
        {"template with a width", "<img src='" + std::string(kDot) +
                                      "' data-src='/im/{width}/ferry-at-quay.jpg'" + size + ">"},
    };
    for (const std::string_view attribute :
         {"data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-echo",
          "data-real-src", "data-orig-src", "nitro-lazy-src", "data-unknown-src", "lazy-src"})
        out.push_back({attribute, fmt::format("<img src='/img/loading.gif' {}='{}'{}>", attribute,
                                              real, size)});
    for (const std::string_view placeholder :
         {"/img/spinner.svg", "/img/blank.gif", "/img/1x1.png", "/img/lqip-7.jpg",
          "/img/placeholder.png", "about:blank", "#", "data:image/png;base64,iVBORw0KGgo="})
        out.push_back(
            {placeholder, fmt::format("<img src='{}' data-src='{}'{}>", placeholder, real, size)});
    return out;
}

TEST(Pictures, TheLeadImageIsTheRealOneOnceWithItsCaption) {
    const std::string_view heads[] = {
        "",
        "<meta property='og:image' content='https://daily.example/im/ferry-at-quay.jpg'>",
        "<meta property='og:image' content='https://daily.example/cards/17765543_card.jpg'>",
    };
    for (const Form& form : forms()) {
        for (const std::string_view head : heads) {
            for (const bool is_inside : {true, false}) {
                const std::string figure =
                    "<figure>" + form.markup + "<figcaption>The ferry in May</figcaption></figure>";
                const Article article = article_of(fmt::format(
                    "<!DOCTYPE html><html lang=en><head><title>The ferry stands still | "
                    "Daily</title>"
                    "{}</head><body><nav><a href='/'>Home</a></nav><div class=article><h1>The "
                    "ferry "
                    "stands still</h1><div class=byline>By Ann Lee</div>{}<div "
                    "class=story-text>{}{}"
                    "</div></div><footer><p>All rights reserved.</p></footer></body></html>",
                    head, is_inside ? "" : figure, is_inside ? figure : "", paragraphs()));
                const std::string where = fmt::format("{} / {} / {}", form.name, head, is_inside);
                ASSERT_TRUE(article.lead_image) << where;
                // The card may be the same picture in another cut.
                EXPECT_THAT(
                    article.lead_image->url,
                    HasSubstr(head.contains("card.jpg") ? "17765543_card" : "ferry-at-quay"))
                    << where;
                EXPECT_EQ(article.lead_image->caption, "The ferry in May") << where;
                EXPECT_EQ(article.lead_image->alt.empty(), form.name == "background for a script")
                    << where;
                EXPECT_THAT(article.body, Not(HasSubstr("<img"))) << where;
                EXPECT_THAT(article.body, Not(HasSubstr("The ferry in May"))) << where;
                EXPECT_EQ(count(article.body, "<p>"), 6U) << where << article.body;
            }
        }
    }
}

TEST(Pictures, APictureOfTheBodyIsTheRealOneOnceWithItsCaption) {
    for (const Form& form : forms()) {
        const Article article = article_of(fmt::format(
            "<!DOCTYPE html><html lang=en><head><title>The ferry stands still | "
            "Daily</title></head>"
            "<body><article><h1>The ferry stands still</h1><figure><img src=/im/first-picture.jpg "
            "width=900><figcaption>First</figcaption></figure>{}<figure>{}<figcaption>The ferry in "
            "May</figcaption></figure>{}</article></body></html>",
            paragraphs(), form.markup, "<p>" + std::string(kText[0]) + "</p>"));
        EXPECT_EQ(count(article.body, "<img"), 1U) << form.name << article.body;
        EXPECT_THAT(article.body, HasSubstr("ferry-at-quay")) << form.name;
        EXPECT_EQ(count(article.body, "<figcaption>The ferry in May</figcaption>"), 1U)
            << form.name << article.body;
    }
}

TEST(Pictures, AWeakAddressIsUsedWhenThereIsNoOther) {
    for (const std::string_view address :
         {"/im/steam-engine.gif", "/im/plan-of-the-hull.svg", "/im/loading-dock.jpg"}) {
        const Article article = article_of(fmt::format(
            "<!DOCTYPE html><title>The ferry stands still</title><article><h1>The ferry stands "
            "still</h1>{0}<figure><img src='{1}' width=700 height=500></figure>{0}</article>",
            paragraphs(), address));
        EXPECT_TRUE(article.body.contains(address) ||
                    (article.lead_image && article.lead_image->url.contains(address)))
            << address << article.body;
    }
}

TEST(Pictures, EachPictureOfALazyGalleryKeepsItsCaption) {
    struct Design {
        std::string_view begin, item, end;
    };
    const Design designs[] = {
        {"<figure class=gallery>",
         "<figure><img class=lazy src='/ph.gif'><noscript><img src=/im/crane-{0}-a.jpg></noscript>"
         "<figcaption>Caption {0}</figcaption></figure>",
         "</figure>"},
        {"<div class=gallery>",
         "<div class=slide><div class=image><img data-src=/im/crane-{0}-a.jpg src=/ph.gif></div>"
         "<div class=caption>Caption {0}</div></div>",
         "</div>"},
        {"<ul class=slides>",
         "<li><span><img src='data:image/gif;base64,R0lGODlhAQAB'><noscript><img "
         "src='/_next/image?url=%2Fim%2Fcrane-{0}-a.jpg&w=640'></noscript></span><p "
         "class=caption>Caption {0}</p></li>",
         "</ul>"},
        {"<div class=gallery>",
         "<figure><div class=photo style='background:url(/im/crane-{0}-a.jpg)'></div><figcaption>"
         "Caption {0}</figcaption></figure>",
         "</div>"},
    };
    for (const Design& design : designs) {
        std::string content(design.begin);
        for (int i = 1; i <= 4; ++i) content += fmt::format(fmt::runtime(design.item), i);
        content += design.end;
        const Article article = article_of(
            "<!DOCTYPE html><title>The ferry stands still</title><article><h1>The ferry stands "
            "still</h1><figure><img src=/im/first-picture.jpg width=900></figure>" +
            paragraphs() + content + paragraphs() + "</article>");
        for (int i = 1; i <= 4; ++i) {
            EXPECT_THAT(article.body, testing::ContainsRegex(fmt::format(
                                          "crane-{0}-a.jpg[^>]*><figcaption>Caption {0}<", i)))
                << design.item << article.body;
        }
    }
}

TEST(PictureLabel, IsACountATimeOrAButtonButNoCaption) {
    for (const std::string_view label : {"View 6 images",
                                         "01:53",
                                         "1:02:33",
                                         "Photo 1 of 7",
                                         "Image 3/12",
                                         "3 / 12",
                                         "1 of 4",
                                         "Enlarge",
                                         "Click to enlarge",
                                         "View all 12 photos",
                                         "Bild 2 von 9",
                                         "Alle 14 Bilder ansehen",
                                         "Zum Vergrößern klicken",
                                         "Photo 3 sur 8",
                                         "Voir les 5 photos",
                                         "Foto 2 de 10",
                                         "Ver 4 imágenes",
                                         "Foto 1 di 6",
                                         "Zdjęcie 1 z 9",
                                         "Фото 2 из 5",
                                         "Увеличить",
                                         "صورة ١ من ٧",
                                         "تكبير الصورة",
                                         "查看6张图片",
                                         "点击查看大图",
                                         "写真5枚",
                                         "画像を拡大",
                                         "사진 3장",
                                         "크게보기",
                                         "Fotoğraf 1 / 8",
                                         "Büyütmek için tıklayın",
                                         "Gambar 1 dari 3",
                                         "Ảnh 2 của 9",
                                         "चित्र 1",
                                         "Φωτογραφία 2 από 7"})
        EXPECT_TRUE(is_picture_label(label)) << label;
    for (const std::string_view caption :
         {"", "The quay at 01:53 in the morning", "Image of the quay", "Photo: Ann Lee",
          "7 sailors", "The quay in 1953", "Photo 1953", "Two of seven boats", "船", "港口的6艘船",
          "Bild: Ann Lee", "3 boats, 12 sailors", "2024"})
        EXPECT_FALSE(is_picture_label(caption)) << caption;
}

TEST(Pictures, LabelsOnPicturesAreNoCaptions) {
    const Article article = article_of(fmt::format(
        "<!DOCTYPE html><title>The ferry stands still</title><article><h1>The ferry stands "
        "still</h1><figure><img src=/im/first-picture.jpg width=900><div class=count>View 6 images"
        "</div><figcaption>The quay</figcaption></figure>{0}<figure><img "
        "src=/im/second-picture.jpg>"
        "<span>01:53</span><figcaption>The boat leaves at <b>20:15</b></figcaption></figure>"
        "<figure><img src=/im/third-picture.jpg><span>Photo 3 of 7</span></figure>{0}</article>",
        paragraphs()));
    ASSERT_TRUE(article.lead_image);
    EXPECT_EQ(article.lead_image->caption, "The quay");
    EXPECT_THAT(article.body, HasSubstr("<figcaption>The boat leaves at "));
    EXPECT_THAT(article.body, HasSubstr("20:15"));
    EXPECT_THAT(article.body, Not(HasSubstr("01:53")));
    EXPECT_THAT(article.body, Not(HasSubstr("Photo 3")));
}

}  // namespace
}  // namespace heliograph::extract
