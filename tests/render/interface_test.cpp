// SPDX-License-Identifier: GPL-3.0-or-later
// Pages speak the language of their article where there are texts for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "render/interfaces.h"
#include "render/support.h"

namespace heliograph::render {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Mirror mirror_of(std::string language) {
    Mirror mirror = test::mirror_of(std::move(language));
    mirror.sections = {{.key = "world", .name = "World"}};
    return mirror;
}

std::string page_of(const Mirror& mirror, const std::string& language, PageFormat format) {
    const Renderer renderer = test::open_renderer(mirror, test::target_of(format));
    Article article = test::article_of(
        "k3v9x0q2ma", "T", "<p>x</p>\n<p><img src=\"https://a.example/x\" alt=\"\"></p>\n");
    article.language = language;
    article.sections = {"world"};
    return test::render_one(renderer, article).at(renderer.article_path(test::summary_of(article)));
}

TEST(Interface, IsInTheLanguageOfTheArticle) {
    const std::string page = page_of(mirror_of("en"), "ar", PageFormat::kHtml);
    const std::string home = built_in_texts("ar")->at("home");
    EXPECT_THAT(page, HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
    EXPECT_THAT(page, HasSubstr("<header class=\"bar\" lang=\"ar\" dir=\"rtl\">"));
    EXPECT_THAT(page, HasSubstr(">" + home + "</a>"));
    EXPECT_THAT(page, HasSubstr(built_in_texts("ar")->at("picture_missing")));
    EXPECT_THAT(page, AllOf(HasSubstr("<footer lang=\"ar\" dir=\"rtl\">"), Not(HasSubstr("Home"))));
    // The mirror's own words say what they are.
    EXPECT_THAT(page, HasSubstr(" lang=\"en\" dir=\"ltr\">World</a>"));
    const std::string markdown = page_of(mirror_of("en"), "ar", PageFormat::kMarkdown);
    EXPECT_THAT(markdown, AllOf(HasSubstr("<div dir=\"rtl\" lang=\"ar\">\n\n[" + home + "]"),
                                Not(HasSubstr("Home"))));
}

TEST(Interface, IsTheMirrorsWhereThereAreNoTextsForTheArticle) {
    for (const char* language : {"pt", "en", ""}) {
        const std::string page = page_of(mirror_of("en"), language, PageFormat::kHtml);
        EXPECT_THAT(page, AllOf(HasSubstr("<header class=\"bar\" lang=\"en\" dir=\"ltr\">"),
                                HasSubstr(">Home</a>"), HasSubstr("\">World</a>")))
            << language;
    }
    // English is not the nearest to all other languages.
    EXPECT_THAT(page_of(mirror_of("ar"), "pt", PageFormat::kHtml),
                HasSubstr("<header class=\"bar\" lang=\"ar\" dir=\"rtl\">"));
}

TEST(Interface, OfRegionsAndScriptsIsTheNearest) {
    const struct {
        std::string mirror;
        std::string article;
        std::string interface;
    } cases[] = {
        {"en", "zh-TW", "zh-Hant"},    {"en", "zh", "zh-Hans"},         {"en", "fa-AF", "fa"},
        {"zh-TW", "zh-Hant", "zh-TW"}, {"zh-TW", "zh-Hans", "zh-Hans"}, {"ar", "en-GB", "en"},
    };
    for (const auto& c : cases) {
        const auto interfaces = Interfaces::open(c.mirror, {});
        ASSERT_TRUE(interfaces);
        EXPECT_EQ(interfaces->of(c.article).language, c.interface) << c.mirror << " " << c.article;
        EXPECT_EQ(interfaces->missing(), "");
    }
}

TEST(Interface, TakesTextsOfTheThemeAndTellsWhatTheMirrorMisses) {
    const auto without = Interfaces::open("pt-BR", {});
    ASSERT_TRUE(without);
    EXPECT_EQ(without->of_mirror().language, "pt-BR");
    EXPECT_EQ(without->of_mirror().word("home"), "Home");
    EXPECT_THAT(without->missing(), HasSubstr("no texts for a mirror in 'pt-BR'"));
    EXPECT_EQ(without->of("en").language, "en");

    std::string portuguese;
    const auto english = built_in_texts("en");
    for (const auto& [key, text] : *english) portuguese += key + " = o " + text + "\n";
    const ThemeFiles files{.place = "t/", .files = {{"texts/pt.txt", portuguese}}};
    const auto own = Interfaces::open("pt-BR", files);
    ASSERT_TRUE(own);
    EXPECT_EQ(own->missing(), "");
    EXPECT_EQ(own->of_mirror().word("home"), "o Home");
    const auto foreign = Interfaces::open("en", files);
    ASSERT_TRUE(foreign);
    EXPECT_EQ(foreign->of("pt-PT").word("home"), "o Home");
    // Texts that miss a key are refused whoever they are for.
    const auto bad =
        Interfaces::open("en", {.place = "t/", .files = {{"texts/pt.txt", "home = Entrada\n"}}});
    ASSERT_FALSE(bad);
    EXPECT_THAT(bad.error().message, HasSubstr("t/texts/pt.txt: no text for 'all', "));
}

}  // namespace
}  // namespace heliograph::render
