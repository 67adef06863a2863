// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/confidence.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "extract/extract.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

std::string paragraph(int i) {
    return "<p>The old harbour crane, which had stood idle since the storm of last winter, was "
           "lifted from its rails on day " +
           std::to_string(i) + ", and half of the town came to watch it go.</p>";
}

double confidence(const std::string& content) {
    const std::string page =
        "<!DOCTYPE html><html lang=en><title>The crane leaves</title><nav><a "
        "href=/>Home</a></nav><main><h1>The crane leaves</h1><article>" +
        content + "</article></main><footer>© Daily Example</footer></html>";
    const Extraction extraction =
        extract_article({.bytes = page,
                         .url = html::parse_url("https://daily.example/crane").value(),
                         .transport_charset = "utf-8"});
    const auto* article = std::get_if<Article>(&extraction);
    return article == nullptr ? -1 : article->evidence.at("body").confidence;
}

TEST(Confidence, GrowsWithCertaintyAndFallsWithWhatIsMissing) {
    const double sure = confidence_of({3, 0, 0});
    EXPECT_GT(sure, 0.9);
    EXPECT_LT(confidence_of({0, 0, 0}), sure);
    EXPECT_LT(confidence_of({3, 0.6, 0}), sure);
    EXPECT_LT(confidence_of({3, 0, 0.6}), sure);
    EXPECT_LT(confidence_of({0, 0.7, 0.3}), 0.3);
}

TEST(Confidence, StaysBetweenItsBounds) {
    for (const double certainty : {-4.0, 0.0, 4.0})
        for (const double part : {0.0, 1.0}) {
            const double value = confidence_of({certainty, part, part});
            EXPECT_GE(value, 0.02);
            EXPECT_LE(value, 0.98);
        }
}

TEST(Confidence, OfAPlainArticleDoesNotDependOnItsLength) {
    std::string content;
    for (int i = 0; i < 8; ++i) content += paragraph(i);
    const double usual = confidence(content);
    EXPECT_GT(usual, 0.6);
    for (const int paragraphs : {3, 40, 120, 1500}) {
        content.clear();
        for (int i = 0; i < paragraphs; ++i) content += paragraph(i);
        EXPECT_NEAR(confidence(content), usual, 0.35) << paragraphs;
    }
}

TEST(Confidence, NothingIsSaidOfNothing) {
    html::Document document;
    document.parse("<p>");
    const PageTable table(document);
    const ConfidenceSignals signals = confidence_signals(table, {}, {}, {});
    EXPECT_LT(confidence_of(signals), 0.3);
}

}  // namespace
}  // namespace heliograph::extract
