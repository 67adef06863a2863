// SPDX-License-Identifier: GPL-3.0-or-later
// Images that a page holds in data: URLs.
#include "extract/data_image.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "extract/extract.h"
#include "html/article_html.h"
#include "html/url.h"
#include "support/article_check.h"

namespace heliograph::extract {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string base64(std::string_view bytes) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = bits << 8U | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6) out += kLetters[bits >> (count - 6) & 63U];
    }
    if (count > 0) out += kLetters[bits << (6 - count) & 63U];
    while (out.size() % 4 != 0) out += '=';
    return out;
}

std::string percent_encoded(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return out;
}

std::string big_endian(unsigned value, int bytes) {
    std::string out;
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xFFU);
    return out;
}

std::string little_endian(unsigned value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFFU);
    return out;
}

// Headers that give a size, with filler instead of an image.
std::string png(unsigned width, unsigned height, std::size_t size = 3'000, char filler = 'x') {
    return "\x89PNG\r\n\x1a\n" + big_endian(13, 4) + "IHDR" + big_endian(width, 4) +
           big_endian(height, 4) + std::string(size - 24, filler);
}
std::string gif(unsigned width, unsigned height) {
    return "GIF89a" + little_endian(width, 2) + little_endian(height, 2) + std::string(3'000, 'x');
}
std::string jpeg(unsigned width, unsigned height) {
    return std::string("\xFF\xD8\xFF\xE0") + big_endian(16, 2) + std::string(14, 'a') + "\xFF" +
           "\xFF\xC2" + big_endian(11, 2) + "\x08" + big_endian(height, 2) + big_endian(width, 2) +
           std::string(3'000, 'x');
}
std::string webp(std::string_view chunk, const std::string& header) {
    return "RIFF" + little_endian(4'000, 4) + "WEBP" + std::string(chunk) +
           little_endian(3'000, 4) + header + std::string(3'000, 'x');
}
std::string webp_extended(unsigned width, unsigned height) {
    return webp("VP8X",
                std::string(4, '\0') + little_endian(width - 1, 3) + little_endian(height - 1, 3));
}
std::string webp_lossy(unsigned width, unsigned height) {
    return webp("VP8 ", std::string(3, 'f') + "\x9D\x01\x2A" + little_endian(width, 2) +
                            little_endian(height, 2));
}
std::string webp_lossless(unsigned width, unsigned height) {
    return webp("VP8L", "\x2F" + little_endian((width - 1) | (height - 1) << 14U, 4));
}

std::string data_url(std::string_view bytes, std::string_view type = "image/png") {
    return fmt::format("data:{};base64,{}", type, base64(bytes));
}

TEST(DataImages, AreReadInEveryFormatUnlessTheyAreNoLargerThanAPreview) {
    const struct {
        std::string_view media_type;
        std::string large;
        std::string tall;
        std::string preview;
    } cases[] = {
        {"image/png", png(640, 480), png(20, 300), png(64, 40)},
        {"image/gif", gif(640, 480), gif(40, 65), gif(40, 64)},
        {"image/jpeg", jpeg(640, 480), jpeg(40, 300), jpeg(32, 24)},
        {"image/webp", webp_extended(640, 480), webp_extended(40, 300), webp_extended(64, 64)},
        {"image/webp", webp_lossy(640, 480), webp_lossy(40, 300), webp_lossy(10, 10)},
        {"image/webp", webp_lossless(640, 480), webp_lossless(40, 300), webp_lossless(64, 64)},
    };
    for (const auto& c : cases) {
        for (const std::string& bytes : {c.large, c.tall}) {
            const auto image = read_data_image(data_url(bytes, "image/other"));
            ASSERT_TRUE(image) << c.media_type;
            EXPECT_EQ(image->problem, "");
            EXPECT_EQ(image->media_type, c.media_type);
            EXPECT_EQ(image->bytes, bytes);
            EXPECT_TRUE(html::is_data_image_address(image->url));
        }
        EXPECT_FALSE(read_data_image(data_url(c.preview))) << c.media_type;
    }
}

TEST(DataImages, AreReadHoweverTheyAreWritten) {
    const std::string bytes = png(300, 200, 3'001);
    const std::string text = base64(bytes);
    std::string lines;
    for (std::size_t i = 0; i < text.size(); i += 76) lines += text.substr(i, 76) + "\r\n";
    std::string codes = text;
    for (std::size_t at = codes.find('='); at != std::string::npos; at = codes.find('='))
        codes.replace(at, 1, "%3D");
    const std::string forms[] = {
        "data:image/png;base64," + text,
        "  DATA:Image/PNG;BASE64," + text + " ",
        "data:image/png;charset=utf-8;base64," + text,
        "data:img/png;base64," + text,  // a frequent mistake
        "data:;base64," + text,
        "data:image/png;base64," + lines,
        "data:image/png;base64," + codes,
        "data:image/png;base64," + text.substr(0, text.find('=')),
        "data:image/png," + percent_encoded(bytes),
    };
    for (const std::string& form : forms) {
        const auto image = read_data_image(form);
        ASSERT_TRUE(image) << form.substr(0, 60);
        EXPECT_EQ(image->bytes, bytes) << form.substr(0, 60);
        EXPECT_EQ(image->url, read_data_image(forms[0])->url);
    }
}

TEST(DataImages, ThatCannotBeKeptSayWhy) {
    const std::string filler(3'000, 'x');
    const struct {
        std::string url;
        std::string_view problem;
    } cases[] = {
        {data_url(png(640, 480, kMaxDataImageBytes + 10)), "bytes"},
        {data_url("<svg xmlns='http://www.w3.org/2000/svg'>" + filler, "image/svg+xml"), "SVG"},
        {"data:image/svg+xml,%3Csvg%3E" + filler, "SVG"},
        {"data:image/png;base64,!!!!" + filler, "broken"},
        {"data:image/png;base64" + filler, "broken"},  // no comma
        {data_url("<html>" + filler), "unknown"},
        {data_url(std::string(3'000, '\0')), "unknown"},
    };
    for (const auto& c : cases) {
        const auto image = read_data_image(c.url);
        ASSERT_TRUE(image) << c.url.substr(0, 60);
        EXPECT_THAT(image->problem, HasSubstr(c.problem));
        EXPECT_TRUE(image->bytes.empty());
        EXPECT_TRUE(html::is_data_image_address(image->url));
    }
}

TEST(DataImages, AreNotReadFromOtherAddressesAndDots) {
    for (const std::string& url :
         {std::string(), std::string("https://daily.example/a.png"), "/" + std::string(3'000, 'a'),
          std::string("data:image/gif;base64,R0lGODlhAQABAAAAACw="),
          std::string("data:image/svg+xml,%3Csvg viewBox='0 0 3 2'/%3E"),
          "data" + std::string(3'000, 'a')})
        EXPECT_FALSE(read_data_image(url)) << url.substr(0, 60);
}

TEST(DataImages, CutAnywhereAreHarmless) {
    for (const std::string& bytes :
         {png(99, 99), gif(99, 99), jpeg(99, 99), webp_extended(99, 99), webp_lossy(99, 99)})
        for (std::size_t size = 0; size < 60; ++size) {
            std::string url = "data:image/png;base64," + base64(bytes.substr(0, size));
            url.insert(url.find(',') + 1, 2'000, ' ');
            EXPECT_NO_THROW((void)read_data_image(url));
        }
}

TEST(DataImages, OfAnArticleHaveALimit) {
    std::vector<DataImage> images;
    for (const char filler : {'a', 'b', 'c', 'a'}) {
        std::vector<DataImage> more;
        more.push_back(*read_data_image(data_url(png(900, 900, 5 << 20, filler))));
        add_data_images(images, std::move(more));
    }
    ASSERT_EQ(images.size(), 3U);  // the last is the first again
    EXPECT_EQ(images[0].problem, "");
    EXPECT_EQ(images[1].problem, "");
    EXPECT_THAT(images[2].problem, HasSubstr("bytes"));
    EXPECT_TRUE(images[2].bytes.empty());
}

std::string paragraph(int number) {
    return fmt::format(
        "<p>Part {}. The ferry between the two islands was taken out of service on Monday, and the "
        "company could not say, when asked, how long the repairs to its engine would take.</p>",
        number);
}

ExtractedPage page_of(const std::string& middle) {
    const std::string page =
        "<!DOCTYPE html><html lang=en><title>The ferry rests</title><main><h1>The ferry "
        "rests</h1>" +
        paragraph(1) + paragraph(2) + middle + paragraph(3) + paragraph(4) + "</main>";
    return extract_page({.bytes = page,
                         .url = html::parse_url("https://daily.example/ferry.html").value(),
                         .transport_charset = "utf-8"});
}

std::string body_of(const ExtractedPage& page) {
    const auto* article = std::get_if<Article>(&page.extraction);
    if (article == nullptr) return {};
    EXPECT_EQ(test::ArticleCheck::fault_of(article->body), "");
    return article->body;
}

TEST(DataImages, OfFiguresAndParagraphsStayInTheirPlaces) {
    const std::string one = data_url(png(640, 480, 3'000, '1'));
    const std::string two = data_url(jpeg(640, 480), "image/jpeg");
    const std::string forms[] = {
        "<figure><img src='{}' alt='The quay'><figcaption>The quay at dawn.</figcaption></figure>",
        "<p><img src='{}' alt='The quay'></p>",
        "<div><picture><img alt='The quay' src='{}'></picture></div>",
        "<img src='{}' alt='The quay' width=600 height=400>",
        "<figure><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt='The quay'>"
        "<noscript><img src='{}' alt='The quay'></noscript></figure>",
    };
    for (const std::string& form : forms) {
        const ExtractedPage page =
            page_of(fmt::format(fmt::runtime(form), one) + paragraph(9) +
                    fmt::format(fmt::runtime(form), two) + fmt::format(fmt::runtime(form), one));
        const std::string body = body_of(page);
        ASSERT_EQ(page.notes.data_images.size(), 2U) << form;
        EXPECT_EQ(html::image_urls(body), (std::vector<std::string>{page.notes.data_images[0].url,
                                                                    page.notes.data_images[1].url}))
            << form;
        EXPECT_EQ(page.notes.data_images[0].bytes, png(640, 480, 3'000, '1'));
        EXPECT_THAT(body, HasSubstr("alt=\"The quay\""));
        EXPECT_THAT(body, Not(HasSubstr("data:image"))) << form;
        EXPECT_LT(body.find(page.notes.data_images[0].url), body.find("Part 9")) << form;
        EXPECT_GT(body.find(page.notes.data_images[1].url), body.find("Part 9")) << form;
    }
}

TEST(DataImages, ThatCannotBeKeptLeaveTheirTextAndCaption) {
    const ExtractedPage page =
        page_of("<figure><img src='data:image/png;base64,!" + std::string(3'000, 'A') +
                "' alt='The quay'><figcaption>The quay at dawn.</figcaption>"
                "</figure>");
    const std::string body = body_of(page);
    EXPECT_THAT(body, HasSubstr("alt=\"The quay\""));
    EXPECT_THAT(body, HasSubstr("<figcaption>The quay at dawn."));
    ASSERT_EQ(page.notes.data_images.size(), 1U);
    EXPECT_NE(page.notes.data_images[0].problem, "");
}

TEST(DataImages, DrawingsWithoutTextOrFigureAreIcons) {
    const std::string drawing = "data:image/svg+xml,%3Csvg%3E" + std::string(3'000, 'x');
    EXPECT_THAT(body_of(page_of("<p><img src='" + drawing + "'> Share</p>")),
                Not(HasSubstr("<img")));
    EXPECT_THAT(body_of(page_of("<p><img src='" + drawing + "' alt='Rents since 2010'></p>")),
                HasSubstr("Rents since 2010"));
    EXPECT_THAT(body_of(page_of("<figure><img src='" + drawing +
                                "'><figcaption>Rents since 2010.</figcaption></figure>")),
                HasSubstr("<figcaption>Rents since 2010."));
}

TEST(DataImages, OfAFeedsTextAreKeptToo) {
    Entry entry;
    entry.url = "https://daily.example/ferry.html";
    entry.title = "The ferry rests";
    entry.content_html = paragraph(1) + "<p><img alt='The quay' src='" + data_url(png(640, 480)) +
                         "'></p>" + paragraph(2) + paragraph(3);
    const ExtractedPage page = extract_entry(entry, html::parse_url(entry.url).value());
    ASSERT_EQ(page.notes.data_images.size(), 1U);
    EXPECT_EQ(page.notes.data_images[0].bytes, png(640, 480));
    EXPECT_THAT(body_of(page), HasSubstr(page.notes.data_images[0].url));
}

TEST(DataImages, AreWrittenBackIntoHtml) {
    const ExtractedPage page =
        page_of("<p><img alt='One' src='" + data_url(png(640, 480)) + "'></p>" + paragraph(8) +
                "<p><img alt='Two' src='data:image/png;base64,!" + std::string(3'000, 'A') +
                "'></p><p><img alt='Three' src='/three.jpg'></p>");
    const std::string html = with_data_urls(body_of(page), page.notes.data_images);
    EXPECT_THAT(html, HasSubstr(" src=\"" + data_url(png(640, 480)) + "\""));
    EXPECT_THAT(html, HasSubstr("alt=\"Two\""));
    EXPECT_THAT(html, HasSubstr("src=\"https://daily.example/three.jpg\""));
    EXPECT_THAT(html, Not(HasSubstr(".invalid")));
    const std::string cut = fmt::format("<img src=\"{}abc", html::kDataImageBase);
    EXPECT_EQ(with_data_urls(cut, page.notes.data_images), "<img");
}

}  // namespace
}  // namespace heliograph::extract
