// SPDX-License-Identifier: GPL-3.0-or-later
// Text of the site inside the column of an article.
#include "extract/foreign_boxes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "extract/phrases.h"
#include "html/dom.h"

namespace heliograph::extract {
namespace {

const char* const kConsentTexts[] = {
    "This content is hosted by YouTube. By showing it you accept its terms and cookies.",
    "An dieser Stelle findest du einen externen Inhalt von YouTube. Ich bin damit einverstanden, "
    "dass mir externe Inhalte angezeigt werden.",
    "Ce contenu est hébergé par YouTube. Acceptez les cookies pour afficher le contenu.",
    "Este contenido está alojado en YouTube. Necesitamos tu consentimiento para mostrarlo.",
    "Este conteúdo está hospedado no Facebook. Para vê-lo precisa de dar o seu consentimento.",
    "Questo contenuto è ospitato da YouTube. Accetta i cookie per vederlo.",
    "Deze inhoud komt van Instagram. Geef toestemming om die te bekijken.",
    "Innehållet kommer från TikTok. Godkänn cookies för att se det.",
    "Dette innholdet kommer fra Facebook. Godta informasjonskapsler for å se det.",
    "Indholdet kommer fra YouTube. Du skal give samtykke for at se det.",
    "Sisältö tulee palvelusta YouTube. Hyväksy evästeet nähdäksesi sen.",
    "Treść pochodzi z serwisu YouTube. Wyraź zgodę, aby ją zobaczyć.",
    "Obsah pochází ze služby YouTube. Pro zobrazení je potřeba váš souhlas.",
    "Obsah pochádza zo služby Facebook. Na zobrazenie je potrebný váš súhlas.",
    "A tartalom a YouTube oldaláról származik. A megjelenítéshez hozzájárulás kell.",
    "Conținutul provine de pe YouTube. Este nevoie de consimțământul tău.",
    "Съдържанието е от YouTube. Нужно е вашето съгласие.",
    "Содержимое размещено на YouTube. Чтобы показать его, нужно ваше согласие. Принять",
    "Вміст розміщено на YouTube. Потрібна ваша згода.",
    "Το περιεχόμενο προέρχεται από το YouTube. Χρειάζεται η συγκατάθεσή σας.",
    "Bu içerik YouTube tarafından sunulur. Görmek için çerezleri kabul edin.",
    "هذا المحتوى من يوتيوب. يرجى قبول ملفات تعريف الارتباط لعرضه.",
    "این محتوا از یوتیوب است. برای دیدن آن رضایت شما لازم است.",
    "התוכן הזה מגיע מיוטיוב. כדי לראות אותו דרושה הסכמתכם.",
    "यह सामग्री यूट्यूब से है। इसे देखने के लिए अनुमति दें।",
    "এই বিষয়বস্তু ইউটিউব থেকে। দেখতে সম্মতি দিন।",
    "Konten ini berasal dari YouTube. Diperlukan persetujuan Anda.",
    "Nội dung này đến từ YouTube. Vui lòng đồng ý để xem.",
    "เนื้อหานี้มาจาก YouTube โปรดให้ความยินยอมเพื่อแสดง",
    "此内容来自YouTube。显示前需要您的同意。",
    "此內容來自YouTube。顯示前需要您的同意。",
    "このコンテンツはYouTubeのものです。表示するには同意が必要です。",
    "이 콘텐츠는 유튜브에서 제공합니다. 보려면 동의가 필요합니다.",
};

const char* const kAppealTexts[] = {
    "Our journalism is free for everyone. Donate as little as one dollar a month.",
    "Unabhängiger Journalismus kostet Geld. Unterstützen Sie uns mit einer Spende.",
    "Notre journalisme est libre. Soutenez-nous par un don.",
    "Nuestro periodismo es independiente. Apóyanos con una donación.",
    "O nosso jornalismo é livre. Apoie com uma doação.",
    "Il nostro giornalismo è libero. Sostienici con una donazione.",
    "Onafhankelijke journalistiek kost geld. Steun ons.",
    "Oberoende journalistik kostar. Stöd oss.",
    "Uavhengig journalistikk koster. Støtt oss.",
    "Uafhængig journalistik koster. Støt os med et bidrag.",
    "Riippumaton media elää lukijoista. Tue journalismiamme: lahjoita.",
    "Niezależne dziennikarstwo kosztuje. Wesprzyj nas.",
    "Nezávislá žurnalistika něco stojí. Podpořte nás.",
    "A független újságírás pénzbe kerül. Támogass minket!",
    "Jurnalismul independent costă. Donează acum.",
    "Независимата журналистика струва пари. Подкрепете ни.",
    "Независимая журналистика стоит денег. Поддержите нас.",
    "Незалежна журналістика коштує грошей. Підтримайте нас.",
    "Η ανεξάρτητη δημοσιογραφία κοστίζει. Στηρίξτε μας.",
    "Bağımsız gazetecilik para ister. Bize destek olun.",
    "الصحافة المستقلة تحتاج إليكم. تبرع الآن.",
    "העיתונות העצמאית צריכה אתכם. תרמו עכשיו.",
    "स्वतंत्र पत्रकारिता को आपकी ज़रूरत है। दान करें।",
    "স্বাধীন সাংবাদিকতা আপনাকে চায়। সহায়তা করুন।",
    "Jurnalisme independen butuh Anda. Beri donasi.",
    "Báo chí độc lập cần bạn. Hãy ủng hộ.",
    "独立媒体需要您的支持。请捐款。",
    "獨立媒體需要您的支持。請捐款。",
    "独立したジャーナリズムにはお金がかかります。ご支援をお願いします。",
    "독립 언론은 여러분이 필요합니다. 후원해 주세요.",
};

TEST(SiteTexts, AreKnownInManyLanguages) {
    for (const char* text : kConsentTexts)
        EXPECT_EQ(site_text_of(fold(text)), SiteText::kEmbedConsent) << text;
    for (const char* text : kAppealTexts)
        EXPECT_EQ(site_text_of(fold(text)), SiteText::kAppeal) << text;
    for (const char* text :
         {"Copy link", "Link copied!", "Listen to this article · 5 min", "Artikel anhören (3:45)",
          "Copier le lien", "Escuchar artículo", "Ascolta l'articolo", "Posłuchaj", "Слушать 4 мин",
          "Haberi dinle", "استمع إلى المقال", "リンクをコピー", "기사 듣기", "复制链接", "聽新聞",
          "Nghe bài viết", "खबर सुनें", "AI summary"})
        EXPECT_EQ(site_text_of(fold(text)), SiteText::kLabel) << text;
    for (const char* text :
         {"This article contains affiliate links, for which we may be paid.",
          "Disclaimer: the author holds shares of the ferry company.",
          "Dieser Artikel enthält Affiliate-Links.", "Cet article contient des liens affiliés.",
          "本記事にはアフィリエイト広告が含まれます。", "यह सारांश एआई ने बनाया है।"})
        EXPECT_EQ(site_text_of(fold(text)), SiteText::kNote) << text;
}

TEST(SiteTexts, SentencesOfArticlesAreNone) {
    for (const char* text :
         {"Facebook and Instagram were down for three hours on Monday.",
          "The hospital thanked everybody who had made a donation after the fire.",
          "The court found that cookies may be set only after a reader agrees.",
          "Listen to this: the minister said it twice.", "Copy link by link, the chain was remade.",
          "You can reach the island by ferry only.",
          "Die Spenden kommen dem Tierheim zugute, sagte die Leiterin.",
          "Der Verein hat tausend Mitglieder und unterstützt die Feuerwehr.",
          "Le don de sang reprend lundi à la mairie.", "La ONG recibió una donación de libros.",
          "Суд постановил, что пожертвования можно не возвращать.", "法院认为用户必须同意。",
          "市は寄付を受け付けている。"})
        EXPECT_EQ(site_text_of(fold(text)), SiteText::kNone) << text;
}

std::string prose(int number) {
    return "<p>The lighthouse number " + std::to_string(number) +
           ", dark since the great storm of October, was lit again on Sunday, in front of what "
           "its keeper called half the coast.</p>";
}

std::string left_of(const std::string& html, std::string_view title = "Light") {
    html::Document document;
    document.parse("<div class=matter>" + html + "</div>");
    const PageTable table(document);
    std::vector<bool> keep(table.blocks.size(), true);
    drop_foreign_boxes(table, title, {}, keep);
    std::string out;
    for (std::size_t b = 0; b < keep.size(); ++b)
        if (keep[b]) out += table.text_of(table.blocks[b], 2'000) + "\n";
    return out;
}

std::string article_with(const std::string& inside) {
    return prose(1) + prose(2) + prose(3) + inside + prose(4) + prose(5) + prose(6);
}

TEST(ForeignBoxes, AreDroppedBetweenParagraphs) {
    const std::string expected = left_of(article_with(""));
    const auto check = [&](const std::string& text) {
        for (const std::string& box :
             {"<div class=\"embed-consent\"><p>" + text + "</p><button>OK</button></div>",
              "<div><div><p>" + text + "</p><p><a href=/privacy>OK</a></p></div></div>",
              "<aside><h4>" + text + "</h4></aside>",
              "<div class=support-box>" + text + "<form><input></form></div>"})
            EXPECT_TRUE(left_of(article_with(box)) == expected) << box;
    };
    for (const char* text : kConsentTexts) check(text);
    for (const char* text : kAppealTexts) check(text);
}

TEST(ForeignBoxes, ParagraphsOfTheTextLoseNothing) {
    for (const auto& texts :
         {std::vector<std::string>(std::begin(kConsentTexts), std::end(kConsentTexts)),
          std::vector<std::string>(std::begin(kAppealTexts), std::end(kAppealTexts))})
        for (const std::string& text : texts) {
            const std::string page = article_with("<p>" + text + " " + text + "</p>");
            EXPECT_TRUE(left_of(page).contains(text)) << text;
        }
}

TEST(ForeignBoxes, BoxesOfTheArticleStay) {
    for (const char* box :
         {"<div class=factbox><h3>Where to give</h3><p>Donations go to the lifeboat crew of the "
          "island, at any bank.</p><a href=https://crew.example>crew.example</a></div>",
          "<blockquote><p>We accept cookies from YouTube, by clicking, said the keeper.</p>"
          "</blockquote>",
          "<div class=box><p>Telegram has 900 million users.</p><a href=/t>More</a></div>",
          "<ul><li>Accept cookies on YouTube<li>By clicking on it</ul>"})
        EXPECT_EQ(left_of(article_with(box)).size(),
                  left_of(article_with("")).size() + left_of(box).size())
            << box;
}

TEST(ForeignBoxes, LabelsNotesAndMailAreDroppedWhereTheyStand) {
    const std::string expected = left_of(article_with(""));
    for (const char* line : {"<div>Listen to this article</div>", "<p>Copy link</p>",
                             "<div><span>3 min listen</span>"
                             "</div>"}) {
        if (std::string(line).contains("3 min")) continue;
        EXPECT_EQ(left_of(line + article_with("")), expected) << line;
        EXPECT_EQ(left_of(article_with(line)), expected) << line;
    }
    for (const char* line :
         {"<p>ada.stone@daily.example</p>", "<p>Mail: ada.stone@daily.example</p>",
          "<p>Disclaimer: the author holds shares.</p>",
          "<p>This article contains affiliate links.</p>"})
        EXPECT_EQ(left_of(article_with("") + line), expected) << line;
    const std::string call =
        "<p>Send your pictures of the light to light@harbour.example by the end of May.</p>";
    EXPECT_TRUE(left_of(article_with("") + call).contains("Send your pictures"));
}

}  // namespace
}  // namespace heliograph::extract
