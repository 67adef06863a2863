// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/notices.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "extract/phrases.h"
#include "first_words.h"
#include "html/dom.h"

namespace heliograph::extract {
namespace {

const std::string kProse =
    "<p>The lighthouse of Skerry Bank, dark since the great storm of October, was lit again on "
    "Sunday, in front of what its keeper called half the coast.</p>";

TEST(Notices, AreKnownInManyLanguages) {
    for (const char* text :
         {"We use cookies on our website to give you the most relevant experience.",
          "Wir verwenden Cookies, die unser Angebot nutzerfreundlicher machen.",
          "En poursuivant, vous acceptez les cookies.", "Este sitio utiliza cookies.",
          "Questo sito utilizza i cookie.", "Ta strona używa plików cookies.",
          "Этот сайт использует файлы cookie.", "当サイトではCookieを使用しています。"})
        EXPECT_EQ(notice_of(fold(text)), Notice::kCookies) << text;
    for (const char* text :
         {"Sign up for the Morning Brief email newsletter to get weekday updates.",
          "Like this article? Subscribe to our blog, delivered to your inbox weekly.",
          "Dann abonniere meinen Newsletter!", "Inscrivez-vous à notre newsletter",
          "Suscríbete a nuestro boletín", "Schrijf je in voor onze nieuwsbrief",
          "Подпишитесь на нашу рассылку"})
        EXPECT_EQ(notice_of(fold(text)), Notice::kInvitation) << text;
    for (const char* text : {"Copyright © 2011 The Harbour Association. All rights reserved.",
                             "© 2024 Daily. Alle Rechte vorbehalten.", "版权所有 每日新闻",
                             "To contact the editor of this story: ana@daily.example.",
                             "(This story originally appeared in The Daily.)",
                             "При использовании материалов ссылка обязательна."})
        EXPECT_EQ(notice_of(fold(text)), Notice::kColophon) << text;
}

TEST(Notices, ArticlesMayBeAboutTheSameThings) {
    for (const char* text :
         {"Cream the butter, then fold in the cookie crumbs and let the dough rest.",
          "Browsers will soon refuse third-party cookies, advertisers fear.",
          "She follows the field, subscribes to industry newsletters and goes to fairs.",
          "The paper's newsletter has forty thousand readers.",
          "He urged his listeners to sign up for the newsletter of the harbour.",
          "Open the settings of the browser and delete all cookies.",
          "Она подписалась на рассылку порта ещё весной.",
          "A court held that the copyright in the song had lapsed."})
        EXPECT_EQ(notice_of(fold(text)), Notice::kNone) << text;
}

std::string left_of(const std::string& html, std::string_view title) {
    return first_words_left(html, [&](const PageTable& table, std::vector<bool>& keep) {
        drop_notices(table, title, keep);
    });
}

TEST(Notices, AreTakenOutButForWhatTheTitleNames) {
    const std::string letter = "<p>Subscribe to our newsletter!</p>";
    const std::string rights = "<p>© 2026 Daily. All rights reserved.</p>";
    const std::string page = kProse + letter + rights + kProse + rights;
    EXPECT_EQ(left_of(page, "Light"), "The © The ");
    EXPECT_EQ(left_of(page, "What makes a newsletter good"), "The Subscribe © The ");
    const std::string cookies = "<p>This website uses cookies, said the port, and so it may.</p>";
    EXPECT_EQ(left_of("<div>" + kProse + "</div>" + cookies + kProse, "Light"), "The The ");
    EXPECT_EQ(left_of(kProse + cookies + kProse, "Light"), "The This The ") << "in the text";
    EXPECT_EQ(left_of(letter + rights, "Light"), "Subscribe © ") << "all there is";
}

TEST(AuthorNotes, AreTakenOutAtTheEnd) {
    const std::vector<std::string> authors{"Ana Ruiz", "Bo Lind", "Reuters"};
    const auto left = [&](const std::string& html) {
        html::Document document;
        document.parse(html);
        const PageTable table(document);
        std::vector<bool> keep(table.blocks.size(), true);
        drop_author_notes(table, authors, keep);
        return std::ranges::count(keep, true);
    };
    const std::string text = kProse + kProse + kProse + kProse;
    EXPECT_EQ(left(text + "<p>Ana Ruiz is a reporter.</p><p>• Bo Lind, of Skerry, writes.</p>"), 4);
    EXPECT_EQ(left(text + "<p>Ana Ruiz asks all who saw it to call the port.</p>"), 5);
    EXPECT_EQ(left(text + "<p>Ana Ruizova lit it.</p><p>Reuters was told so.</p>"), 6);
    EXPECT_EQ(left("<p>Ana Ruiz was there.</p>" + text), 5) << "at the beginning";
    EXPECT_EQ(left(text + "<blockquote>Ana Ruiz (@ana) December 15</blockquote>"), 5);
    EXPECT_EQ(left("<p>Ana Ruiz is a reporter.</p><p>Bo Lind is one too.</p>"), 2) << "all of it";
}

TEST(Notices, TheDialogRoundANoticeOfCookiesIsNamed) {
    html::Document document;
    document.parse("<body><h1>Light</h1><div id=text>" + kProse + kProse + kProse +
                   "</div><div id=box><div><p>This website uses cookies to improve your "
                   "experience.</p><p>Cookies that are needed are stored by your browser.</p></div>"
                   "<p>Necessary</p></div></body>");
    PageTable table(document);
    html::Node title;
    for (const Row& row : table.rows)
        if (row.tag == LXB_TAG_H1) title = row.node;
    name_cookie_notices(table, title);
    for (const Row& row : table.rows) {
        const bool is_box = row.node.attribute(LXB_DOM_ATTR_ID) == "box";
        EXPECT_EQ((row.names & kConsent) != 0, is_box) << row.node.name();
    }
}

}  // namespace
}  // namespace heliograph::extract
