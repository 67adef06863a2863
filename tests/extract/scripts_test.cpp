// SPDX-License-Identifier: GPL-3.0-or-later
// One article in every script that a living language is printed in: made-up words of its letters,
// with its own marks. Nothing of an article may depend on the script.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/utf8.h"
#include "extract/extract.h"
#include "html/article_html.h"

namespace heliograph::extract {
namespace {

// How a language is written.
struct Writing {
    std::string_view name;
    // Letters, or whole syllables, parted by spaces. A range "a-z" stands for all between.
    std::string_view letters;
    std::string_view marks;  // vowel signs that may follow a letter
    std::string_view gap;    // between words
    std::string_view comma;
    std::string_view stop;
    int letters_of_word = 6;  // on average
};

constexpr Writing kWritings[] = {
    {"Latin", "a-z", "", " ", ", ", "."},
    {"Vietnamese", "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v ạ ế ộ ứ ỹ", "", " ", ", ",
     ".", 4},
    {"Turkish", "a b c ç d e f g ğ h ı i j k l m n o ö p r s ş t u ü v y z", "", " ", ", ", "."},
    {"Yoruba", "a b d e ẹ f g h i j k l m n o ọ p r s ṣ t u w y", "̀ ́", " ", ", ", ".", 4},
    {"Hausa", "a b ɓ c d ɗ e f g h i j k ƙ l m n o r s t u w y ƴ z", "", " ", ", ", ".", 5},
    {"Cyrillic", "а-я", "", " ", ", ", "."},
    {"Ukrainian", "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я", "", " ",
     ", ", "."},
    {"Kazakh", "а ә б в г ғ д е ж з и й к қ л м н ң о ө п р с т у ұ ү ы і", "", " ", ", ", "."},
    {"Greek", "α-ρ σ τ-ω ά έ ή ί ό ύ ώ", "", " ", ", ", "."},
    {"Armenian", "ա-ֆ", "", " ", ", ", "։"},
    {"Georgian", "ა-ჰ", "", " ", ", ", "."},
    {"Hebrew", "א-ת", "", " ", ", ", ".", 5},
    {"Yiddish", "א-ת", "ָ ַ ּ", " ", ", ", ".", 5},
    {"Arabic", "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي ة", "", " ", "، ", ".", 5},
    {"Persian", "ا ب پ ت ج چ ح خ د ر ز ژ س ش ع غ ف ق ک گ ل م ن و ه ی", "", " ", "، ", ".", 5},
    {"Urdu", "ا ب پ ت ٹ ج چ ح خ د ڈ ر ڑ ز س ش ع غ ف ق ک گ ل م ن ں و ہ ھ ی ے", "", " ", "، ", "۔",
     4},
    {"Pashto", "ا ب پ ت ټ ج ځ چ څ ح خ د ډ ر ړ ز ژ ږ س ش ښ ع غ ف ک ګ ل م ن ڼ و ه ی ۍ", "", " ", "، ",
     ".", 4},
    {"Sindhi",
     "ا ب ٻ ڀ ت ٿ ٽ ٺ ث پ ج ڄ ڃ چ ڇ ح خ د ڌ ڏ ڊ ر ڙ ز س ش ع غ ف ق ڪ ک گ ڳ ڱ ل م ن ڻ و ه ي", "", " ",
     "، ", ".", 4},
    {"Uyghur", "ئ ا ە ب پ ت ج چ خ د ر ز ژ س ش غ ف ق ك گ ڭ ل م ن ھ و ۇ ۆ ۈ ۋ ې ى ي", "", " ", "، ",
     "."},
    {"Sorani", "ئ ا ب پ ت ج چ ح خ د ر ڕ ز ژ س ش ع غ ف ڤ ق ک گ ل ڵ م ن و ۆ ه ە ی ێ", "", " ", "، ",
     "."},
    {"Syriac", "ܐ ܒ ܓ ܕ ܗ ܘ ܙ ܚ ܛ ܝ ܟ ܠ ܡ ܢ ܣ ܥ ܦ ܨ ܩ ܪ ܫ ܬ", "", " ", "، ", ".", 5},
    {"Dhivehi", "ހ-ޥ", "ަ-ް", " ", "، ", ".", 4},
    {"N'Ko", "ߊ-ߧ", "߫ ߬ ߭", " ", "߸ ", ".", 5},
    {"Adlam", "𞤢-𞥃", "", " ", ", ", ".", 5},
    {"Rohingya", "𐴀-𐴣", "", " ", "، ", "۔", 5},
    {"Mandaic", "ࡀ-ࡘ", "", " ", " ", ".", 5},
    {"Hindi", "क-न प-र ल व श-ह", "ा-ौ ्", " ", ", ", "।", 3},
    {"Marathi", "क-न प-र ल ळ व श-ह", "ा-ौ ्", " ", ", ", ".", 4},
    {"Nepali", "क-न प-र ल व श-ह", "ा-ौ ्", " ", ", ", "।", 3},
    {"Bengali", "ক-ন প-র ল শ-হ", "া ি ী ু ূ ে ো ্", " ", ", ", "।", 3},
    {"Assamese", "ক-ন প-য ৰ ল ৱ শ-হ", "া ি ী ু ূ ে ো ্", " ", ", ", "।", 3},
    {"Punjabi", "ਕ-ਨ ਪ-ਰ ਲ ਵ ਸ ਹ", "ਾ ਿ ੀ ੁ ੂ ੇ ੈ ੋ ੰ", " ", ", ", "।", 3},
    {"Gujarati", "ક-ન પ-ર લ વ શ-હ", "ા િ ી ુ ૂ ે ો ્", " ", ", ", ".", 3},
    {"Odia", "କ-ନ ପ-ର ଲ ଶ-ହ", "ା ି ୀ ୁ ୂ େ ୋ ୍", " ", ", ", "।", 3},
    {"Tamil", "க ங ச ஞ ட ண த ந ன ப ம ய ர ற ல ள ழ வ", "ா ி ீ ு ூ ெ ே ை ்", " ", ", ", ".", 5},
    {"Telugu", "క-న ప-ర ల వ శ-హ", "ా ి ీ ు ూ ె ే ో ్", " ", ", ", ".", 4},
    {"Kannada", "ಕ-ನ ಪ-ರ ಲ ವ ಶ-ಹ", "ಾ ಿ ು ೂ ೆ ್", " ", ", ", ".", 4},
    {"Malayalam", "ക-ന പ-ഹ", "ാ ി ീ ു ൂ െ േ ്", " ", ", ", ".", 5},
    {"Sinhala", "ක ඛ ග ච ජ ට ඩ ණ ත ද න ප බ ම ය ර ල ව ස හ ළ", "ා ැ ි ී ු ූ ෙ ේ ්", " ", ", ", ".", 3},
    {"Thai", "ก ข ค ง จ ช ซ ด ต ถ ท น บ ป ผ พ ม ย ร ล ว ส ห อ", "ะ ั า ิ ี ึ ุ ู ่ ้", "", " ", "", 3},
    {"Lao", "ກ ຂ ຄ ງ ຈ ສ ຊ ຍ ດ ຕ ຖ ທ ນ ບ ປ ຜ ພ ມ ຢ ຣ ລ ວ ຫ ອ ຮ", "ະ ັ າ ິ ີ ຸ ູ ່ ້", "", " ", "", 3},
    {"Lao with full stops", "ກ ຂ ຄ ງ ຈ ສ ຊ ຍ ດ ຕ ຖ ທ ນ ບ ປ ຜ ພ ມ ຢ", "ະ ັ າ ິ ີ ຸ ູ", "", ", ", ".", 3},
    {"Khmer", "ក-អ", "ា ិ ី ុ ូ េ ែ ោ ់ ំ", "", " ", "។", 3},
    {"Khmer with zero-width spaces", "ក-អ", "ា ិ ី ុ ូ េ ែ ោ ់ ំ", "\u200B", " ", "។", 3},
    {"Khmer without marks", "ក-អ", "ា ិ ី ុ ូ េ ែ ោ ់ ំ", "", " ", "", 3},
    {"Burmese", "က-အ", "ာ ိ ီ ု ူ ေ ဲ ံ ့ း ် ျ ြ ွ ှ", "", "၊ ", "။", 3},
    {"Burmese without marks", "က-အ", "ာ ိ ီ ု ူ ေ ဲ ံ ့ း ်", "", " ", "", 3},
    {"Shan", "ၵ ၶ င ၸ သ ၺ တ ထ ၼ ပ ၽ ၾ မ ယ ရ လ ဝ ႁ ဢ", "ႃ ိ ီ ု ူ ႄ ႅ ႇ ႈ ႉ", "", "၊ ", "။", 3},
    {"Tibetan", "ཀ ཁ ག ང ཅ ཆ ཇ ཉ ཏ ཐ ད ན པ ཕ བ མ ཙ ཚ ཛ ཝ ཞ ཟ འ ཡ ར ལ ཤ ས ཧ ཨ", "ི ུ ེ ོ", "་", "། ",
     "།", 3},
    {"Dzongkha", "ཀ ཁ ག ང ཅ ཆ ཇ ཉ ཏ ཐ ད ན པ ཕ བ མ ཙ ཚ ཛ ཞ ཟ ཡ ར ལ ཤ ས ཧ", "ི ུ ེ ོ ྱ", "་", " ", "།", 3},
    {"Mongolian", "ᠠ-ᡂ", "", " ", "᠂ ", "᠃"},
    {"Mongolian without marks", "ᠠ-ᡂ", "", " ", " ", ""},
    {"Amharic",
     "ለ ሉ ላ ል መ ሙ ማ ም ረ ራ ር ሰ ሲ ሳ ስ ቀ ቃ በ ባ ብ ተ ቱ ታ ት ነ ና ን አ ከ ካ ክ ወ ዋ ዘ የ ያ ደ ዳ ድ ገ ግ ጠ ፈ", "",
     " ", "፣ ", "።", 4},
    {"Tigrinya with word spaces", "ለ ሉ ላ ል መ ሙ ማ ም ረ ራ ር ሰ ሲ ሳ ቀ ቐ በ ባ ተ ቱ ኣ ነ ና ን ከ ኸ ዘ የ ደ ገ ጸ",
     "", "፡", "፣ ", "።", 4},
    {"Cherokee", "Ꭰ-Ᏼ", "", " ", ", ", ".", 4},
    {"Inuktitut", "ᐃ ᐅ ᐊ ᐱ ᐳ ᐸ ᑎ ᑐ ᑕ ᑭ ᑯ ᑲ ᒋ ᒍ ᒐ ᒥ ᒧ ᒪ ᓂ ᓄ ᓇ ᓯ ᓱ ᓴ ᓕ ᓗ ᓚ ᔨ ᔪ ᔭ ᕆ ᕈ ᕋ ᖅ ᒃ ᑦ", "",
     " ", ", ", ".", 6},
    {"Cree", "ᐁ ᐃ ᐅ ᐊ ᐯ ᐱ ᐳ ᐸ ᑌ ᑎ ᑐ ᑕ ᑫ ᑭ ᑯ ᑲ ᒣ ᒥ ᒧ ᒪ ᓀ ᓂ ᓄ ᓇ ᐤ ᐠ", "", " ", ", ", "᙮", 5},
    {"Tifinagh", "ⴰ-ⵥ", "", " ", ", ", ".", 5},
    {"Chinese",
     "的 一 是 不 了 在 人 有 我 他 这 中 大 来 上 国 个 到 说 们 为 子 和 你 地 出 道 也 时 年 得 "
     "就 那 要 下 以 生 会",
     "", "", "，", "。", 2},
    {"Japanese",
     "の に は を た が で て と し れ さ あ い う か 国 日 年 大 人 会 市 長 時 港 船 町 山 カ ン "
     "ト ル",
     "", "", "、", "。", 3},
    {"Korean", "이 다 는 의 에 을 하 고 가 한 지 은 를 로 인 기 사 대 서 도 시 장 항 구", "", " ",
     ", ", ".", 3},
    {"Yi", "ꀀ-ꑳ", "", " ", "，", "。", 2},
    {"Javanese", "ꦏ ꦐ ꦒ ꦔ ꦕ ꦗ ꦚ ꦛ ꦝ ꦟ ꦠ ꦢ ꦤ ꦥ ꦧ ꦩ ꦪ ꦫ ꦭ ꦮ ꦱ ꦲ", "ꦴ ꦶ ꦸ ꦺ ꦼ ꦀ ꦁ ꦂ", "", "꧈ ", "꧉", 3},
    {"Javanese without marks", "ꦏ ꦒ ꦔ ꦕ ꦗ ꦚ ꦠ ꦢ ꦤ ꦥ ꦧ ꦩ ꦪ ꦫ ꦭ ꦮ ꦱ ꦲ", "ꦴ ꦶ ꦸ ꦺ ꦼ", "", " ", "", 3},
    {"Balinese", "ᬓ ᬕ ᬗ ᬘ ᬚ ᬜ ᬢ ᬤ ᬦ ᬧ ᬩ ᬫ ᬬ ᬭ ᬮ ᬯ ᬲ ᬳ", "ᬵ ᬶ ᬸ ᬾ ᭄", "", "᭞ ", "᭟", 3},
    {"Sundanese", "ᮊ-ᮠ", "ᮡ-ᮩ", " ", ", ", ".", 3},
    {"Buginese", "ᨀ-ᨖ", "ᨗ ᨘ ᨙ ᨚ ᨛ", "", " ", "᨞", 3},
    {"Batak", "ᯀ-ᯥ", "ᯧ-ᯯ", "", " ", ".", 3},
    {"Cham", "ꨀ-ꨨ", "ꨩ-ꨶ", "", " ", "꩝", 3},
    {"Tai Le", "ᥐ-ᥭ", "", "", " ", "", 4},
    {"New Tai Lue", "ᦀ-ᦫ", "ᦰ-ᧉ", "", " ", "", 3},
    {"Tai Tham", "ᨠ-ᩌ", "ᩣ ᩥ ᩦ ᩩ ᩪ ᩮ", "", " ", "᪨", 3},
    {"Tai Viet", "ꪀ-ꪯ", "", "", " ", "", 4},
    {"Kayah Li", "ꤊ-ꤥ", "ꤪ", " ", " ", "꤯", 4},
    {"Lepcha", "ᰀ-ᰣ", "ᰦ-ᰬ", " ", " ", "᰻", 3},
    {"Limbu", "ᤁ-ᤞ", "ᤠ-ᤨ", " ", ", ", ".", 3},
    {"Meitei", "ꯀ-ꯚ", "ꯣ-ꯪ", " ", ", ", "꯫", 3},
    {"Santali", "ᱚ-ᱷ", "", " ", ", ", "᱾", 5},
    {"Saurashtra", "ꢒ-ꢳ", "ꢵ-ꣃ", " ", ", ", "꣎", 3},
    {"Vai", "ꔀ-ꗿ", "", " ", "꘍ ", "꘎", 3},
    {"Bamum", "ꚠ-ꛅ", "", " ", "꛵ ", "꛳", 3},
    {"Lisu", "ꓐ-ꓷ", "", " ", "ꓹ ", "꓿", 4},
    {"Chakma", "𑄇-𑄦", "𑄧-𑄲", " ", ", ", "𑅁", 3},
    {"Osage", "𐓘-𐓻", "", " ", ", ", ".", 5},
    {"Sora Sompeng", "𑃐-𑃨", "", " ", ", ", ".", 5},
    {"Warang Citi", "𑣀-𑣟", "", " ", ", ", ".", 5},
    {"Wancho", "𞋀-𞋫", "", " ", ", ", ".", 4},
    {"Miao", "𖼀-𖽄", "", " ", ", ", ".", 3},
    {"Mende Kikakui", "𞠀-𞣄", "", " ", ", ", ".", 3},
    {"Hmong", "𞄀-𞄬", "", " ", ", ", ".", 4},
    {"Gunjala Gondi", "𑵠-𑵥 𑵳-𑶉", "𑶊-𑶎", " ", ", ", ".", 3},
    {"Newa", "𑐎-𑐴", "𑐵-𑐿", " ", ", ", "𑑋", 3},
    {"Maithili", "𑒏-𑒯", "𑒰-𑒵", " ", ", ", "।", 3},
};

// The letters of a list such as "a-z ß".
std::vector<std::string> expand(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const std::string_view item = list.substr(0, list.find(' '));
        list.remove_prefix(std::min(item.size() + 1, list.size()));
        std::size_t at = 0;
        const char32_t first = next_code_point(item, at);
        if (at < item.size() && item[at] == '-') {
            ++at;
            const char32_t last = next_code_point(item, at);
            for (char32_t c = first; c <= last; ++c) append_utf8(out.emplace_back(), c);
        } else {
            out.emplace_back(item);
        }
    }
    return out;
}

class Writer {
  public:
    Writer(const Writing& writing, std::uint32_t seed)
        : writing_(writing),
          letters_(expand(writing.letters)),
          marks_(expand(writing.marks)),
          state_(seed) {}

    std::string words(int count) {
        std::string out;
        for (int word = 0; word < count; ++word) {
            if (word > 0) out += writing_.gap;
            const int length = writing_.letters_of_word + static_cast<int>(below(3)) - 1;
            for (int i = 0; i < std::max(length, 1); ++i) {
                out += letters_[below(letters_.size())];
                if (!marks_.empty() && below(3) != 0) out += marks_[below(marks_.size())];
            }
        }
        return out;
    }

    // Two or three clauses.
    std::string sentence() {
        std::string out = words(5 + static_cast<int>(below(4)));
        for (std::size_t clauses = 1 + below(2); clauses > 0; --clauses) {
            out += writing_.comma;
            out += words(4 + static_cast<int>(below(4)));
        }
        return out + std::string(writing_.stop);
    }

    std::string paragraph(int sentences) {
        std::string out = sentence();
        for (int i = 1; i < sentences; ++i) out += " " + sentence();
        return out;
    }

    std::uint32_t below(std::size_t end) {
        state_ = state_ * 1664525U + 1013904223U;
        return (state_ >> 8) % static_cast<std::uint32_t>(end);
    }

  private:
    const Writing& writing_;
    std::vector<std::string> letters_;
    std::vector<std::string> marks_;
    std::uint32_t state_;
};

struct MadePage {
    std::string html;
    std::vector<std::string> paragraphs;
};

MadePage make_page(const Writing& writing, int sentences, std::uint32_t seed) {
    Writer writer(writing, seed);
    MadePage page;
    std::string& html = page.html;
    const std::string title = writer.words(6);
    html = "<!DOCTYPE html><html><head><meta charset=utf-8><title>" + title +
           "</title></head><body><header><nav><ul>";
    for (int i = 0; i < 6; ++i)
        html += "<li><a href='/s" + std::to_string(i) + "'>" + writer.words(1) + "</a></li>";
    html += "</ul></nav></header><main><article><h1>" + title + "</h1>";
    const int count = 6 + static_cast<int>(writer.below(4));
    for (int i = 0; i < count; ++i) {
        const int length = sentences != 0 ? sentences : 1 + static_cast<int>(writer.below(3));
        page.paragraphs.push_back(writer.paragraph(length));
        html += "<p>" + page.paragraphs.back() + "</p>\n";
    }
    html += "</article><aside class=related><ul>";
    for (int i = 0; i < 5; ++i)
        html += "<li><a href='/a" + std::to_string(i) + "'>" + writer.words(6) + "</a></li>";
    html +=
        "</ul></aside></main><footer><p>© 2026 " + writer.words(2) + "</p></footer></body></html>";
    return page;
}

std::string without_space(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (!is_space(c)) append_utf8(out, c);
    }
    return out;
}

struct Kept {
    double of_article = 0;
    double added = 0;
};

// The shares of the article's bytes that are kept, and of the other bytes beside them.
Kept kept_of(const MadePage& page) {
    const ExtractedPage extracted =
        extract_page({.bytes = page.html, .url = {}, .transport_charset = {}});
    const auto* article = std::get_if<Article>(&extracted.extraction);
    if (article == nullptr) return {};
    const std::string text = without_space(html::plain_text(article->body));
    std::size_t all = 0;
    std::size_t kept = 0;
    for (const std::string& paragraph : page.paragraphs) {
        const std::string wanted = without_space(paragraph);
        all += wanted.size();
        if (text.contains(wanted)) kept += wanted.size();
    }
    const auto share = [all](std::size_t part) {
        return static_cast<double>(part) / static_cast<double>(all);
    };
    return {.of_article = share(kept), .added = share(text.size() - std::min(kept, text.size()))};
}

class EveryScript : public testing::TestWithParam<Writing> {};

TEST_P(EveryScript, LosesNothingOfAnArticle) {
    constexpr double kLeastKept = 0.95;
    constexpr double kMostAdded = 0.03;
    for (const int sentences : {1, 2, 3, 0}) {  // of a paragraph; 0: one to three
        for (std::uint32_t seed = 1; seed <= 3; ++seed) {
            const Kept kept = kept_of(make_page(GetParam(), sentences, seed));
            EXPECT_GE(kept.of_article, kLeastKept)
                << sentences << " sentences a paragraph, seed " << seed;
            EXPECT_LE(kept.added, kMostAdded)
                << sentences << " sentences a paragraph, seed " << seed;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Scripts, EveryScript, testing::ValuesIn(kWritings), [](const auto& made) {
    std::string name(made.param.name);
    std::erase_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
    return name;
});

}  // namespace
}  // namespace heliograph::extract
