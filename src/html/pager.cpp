// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/pager.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace heliograph::html {
namespace {

// The longest label of the tables has 60 bytes; what is longer is a headline.
constexpr std::size_t kMaxLabelBytes = 90;
// Nodes in a link that are looked at for its text: <a><span><i></i>Next</span></a>.
constexpr int kMaxNodesOfLabel = 12;

// "Next", "next page", by language; lower case, one space between words.
constexpr auto kNextLabels = std::to_array<std::string_view>({
    // English
    "next",
    "next page",
    "next part",
    "go to next page",
    "to the next page",
    "continue reading",
    "read on",
    "continued",
    "older",
    "older posts",
    "older articles",
    "older entries",
    "older news",
    // German
    "weiter",
    "nächste",
    "nächste seite",
    "zur nächsten seite",
    "weiter zur nächsten seite",
    "weiterlesen",
    "weiter lesen",
    "ältere beiträge",
    "ältere artikel",
    "vorwärts",
    // French
    "page suivante",
    "suivant",
    "suivante",
    "la suite",
    "lire la suite",
    "suite",
    "articles plus anciens",
    "articles précédents",
    // Spanish, Catalan, Galician, Basque
    "siguiente",
    "página siguiente",
    "pagina siguiente",
    "siguiente página",
    "próxima página",
    "entradas antiguas",
    "entradas anteriores",
    "següent",
    "pàgina següent",
    "seguinte",
    "hurrengoa",
    "hurrengo orria",
    // Portuguese
    "próxima",
    "proxima",
    "proxima página",
    "próximo",
    "página seguinte",
    "avançar",
    "página próxima",
    "posts mais antigos",
    // Italian
    "successiva",
    "successivo",
    "pagina successiva",
    "pagina seguente",
    "prossima pagina",
    "prossima",
    "seguente",
    "avanti",
    // Dutch, Afrikaans
    "volgende",
    "volgende pagina",
    "verder",
    "volgende bladsy",
    // Danish, Norwegian, Swedish, Icelandic, Finnish
    "næste",
    "næste side",
    "neste",
    "neste side",
    "nästa",
    "nästa sida",
    "næsta",
    "næsta síða",
    "seuraava",
    "seuraava sivu",
    "äldre inlägg",
    "vanhemmat",
    // Estonian, Latvian, Lithuanian
    "järgmine",
    "järgmine leht",
    "nākamā",
    "nākamā lapa",
    "nākošā",
    "tālāk",
    "kitas",
    "kitas puslapis",
    "toliau",
    "sekantis",
    "kitas psl",
    // Polish, Czech, Slovak, Slovenian
    "następna",
    "następna strona",
    "następny",
    "dalej",
    "nastepna",
    "nastepna strona",
    "další",
    "další strana",
    "další stránka",
    "na další stranu",
    "následující",
    "následující strana",
    "ďalšia",
    "ďalšia strana",
    "ďalej",
    "nasledujúca",
    "nasledujúca strana",
    "naslednja",
    "naslednja stran",
    "naprej",
    // Croatian, Bosnian, Serbian, Macedonian, Bulgarian
    "sljedeća",
    "sljedeća stranica",
    "sledeća",
    "sledeća strana",
    "sledeća stranica",
    "dalje",
    "следећа",
    "следећа страна",
    "следећа страница",
    "даље",
    "следна",
    "следна страница",
    "следваща",
    "следваща страница",
    "напред",
    "по-стари",
    // Hungarian, Romanian, Albanian, Greek
    "következő",
    "következő oldal",
    "tovább",
    "régebbi",
    "următoarea",
    "pagina următoare",
    "următoarea pagină",
    "următor",
    "următorul",
    "înainte",
    "tjetra",
    "faqja tjetër",
    "faqja tjeter",
    "επόμενη",
    "επομενη",
    "επομενη σελιδα",
    "επομενο",
    "επόμενη σελίδα",
    "επόμενο",
    "επόμενα",
    // Turkish, Azerbaijani, Kazakh, Uzbek, Mongolian
    "sonraki",
    "sonraki sayfa",
    "ileri",
    "devamı",
    "növbəti",
    "növbəti səhifə",
    "sonrakı",
    "келесі",
    "келесі бет",
    "keyingi",
    "keyingi sahifa",
    "дараах",
    "дараагийн",
    "дараагийн хуудас",
    // Russian, Ukrainian, Belarusian
    "далее",
    "дальше",
    "следующая",
    "следующая страница",
    "следующая стр",
    "след",
    "вперед",
    "вперёд",
    "на следующую страницу",
    "далі",
    "наступна",
    "наступна сторінка",
    "вперед",
    "далей",
    "наступная",
    "наступная старонка",
    // Georgian, Armenian
    "შემდეგი",
    "შემდეგი გვერდი",
    "հաջորդ",
    "հաջորդը",
    "հաջորդ էջ",
    "հաջորդ էջը",
    // Hebrew, Arabic, Persian, Urdu, Pashto
    "הבא",
    "הבאה",
    "העמוד הבא",
    "לעמוד הבא",
    "דף הבא",
    "לדף הבא",
    "التالي",
    "التالية",
    "الصفحة التالية",
    "الصفحه التاليه",
    "المزيد من الصفحات",
    "بعدی",
    "صفحه بعد",
    "صفحه بعدی",
    "ادامه",
    "اگلا",
    "اگلا صفحہ",
    "اگلے",
    "بل مخ",
    "راتلونکی مخ",
    // Hindi, Marathi, Nepali, Bengali, Gujarati, Punjabi, Sinhala
    "अगला",
    "अगला पेज",
    "अगला पृष्ठ",
    "अगला पन्ना",
    "अगले पेज पर जाएं",
    "आगे",
    "पुढील",
    "पुढील पान",
    "पुढे",
    "अर्को",
    "अर्को पृष्ठ",
    "পরবর্তী",
    "পরবর্তী পাতা",
    "পরের পাতা",
    "পরবর্তী পৃষ্ঠা",
    "આગળ",
    "આગલું",
    "આગલું પૃષ્ઠ",
    "ਅਗਲਾ",
    "ਅਗਲਾ ਪੰਨਾ",
    "ඊළඟ",
    "ඊළඟ පිටුව",
    // Tamil, Telugu, Kannada, Malayalam
    "அடுத்த",
    "அடுத்த பக்கம்",
    "அடுத்து",
    "తదుపరి",
    "తదుపరి పేజీ",
    "తర్వాతి పేజీ",
    "ಮುಂದಿನ",
    "ಮುಂದಿನ ಪುಟ",
    "ಮುಂದೆ",
    "അടുത്തത്",
    "അടുത്ത പേജ്",
    // Thai, Lao, Burmese, Khmer
    "ถัดไป",
    "หน้าถัดไป",
    "หน้าต่อไป",
    "ต่อไป",
    "อ่านต่อหน้าถัดไป",
    "ຖັດໄປ",
    "ໜ້າຕໍ່ໄປ",
    "ໜ້າຖັດໄປ",
    "နောက်စာမျက်နှာ",
    "နောက်တစ်မျက်နှာ",
    "ရှေ့သို့",
    "បន្ទាប់",
    "ទំព័របន្ទាប់",
    // Vietnamese, Indonesian, Malay, Filipino
    "trang sau",
    "trang tiếp",
    "trang tiếp theo",
    "trang kế",
    "trang kế tiếp",
    "tiếp",
    "tiếp theo",
    "sau",
    "berikutnya",
    "halaman berikutnya",
    "selanjutnya",
    "halaman selanjutnya",
    "seterusnya",
    "laman seterusnya",
    "halaman seterusnya",
    "susunod",
    "susunod na pahina",
    // Swahili, Amharic
    "ukurasa unaofuata",
    "inayofuata",
    "ifuatayo",
    "ቀጣይ",
    "ቀጣይ ገጽ",
    "ቀጣዩ",
    "ቀጣዩ ገጽ",
    // Chinese, Japanese, Korean
    "下一页",
    "下一頁",
    "下页",
    "下頁",
    "后一页",
    "後一頁",
    "下一版",
    "次へ",
    "次のページ",
    "次のページへ",
    "次ページ",
    "次ページへ",
    "次頁",
    "次頁へ",
    "続きを読む",
    "つづきを読む",
    "次",
    "다음",
    "다음 페이지",
    "다음페이지",
    "다음 쪽",
    "다음으로",
});

// "View all", "on one page", by language.
constexpr auto kWholeLabels = std::to_array<std::string_view>({
    "view all",
    "show all",
    "all pages",
    "single page",
    "view as single page",
    "one page",
    "on one page",
    "all on one page",
    "view on one page",
    "read on one page",
    "full article",
    "read full article",
    "view full article",
    "show full article",
    "full text",
    "read full text",
    "auf einer seite",
    "auf einer seite lesen",
    "artikel auf einer seite lesen",
    "alles auf einer seite",
    "komplettansicht",
    "gesamten artikel anzeigen",
    "alles anzeigen",
    "alle seiten",
    "sur une seule page",
    "lire sur une seule page",
    "afficher tout",
    "tout afficher",
    "voir tout",
    "article complet",
    "ver todo",
    "en una sola página",
    "ver en una sola página",
    "artículo completo",
    "ver artículo completo",
    "ver tudo",
    "em uma página",
    "numa só página",
    "artigo completo",
    "vedi tutto",
    "tutto in una pagina",
    "su una sola pagina",
    "articolo completo",
    "alles op één pagina",
    "op één pagina",
    "toon alles",
    "visa allt",
    "på en sida",
    "vis alt",
    "på én side",
    "näytä kaikki",
    "yhdellä sivulla",
    "pokaż wszystko",
    "na jednej stronie",
    "cały artykuł",
    "zobrazit vše",
    "na jedné stránce",
    "celý článek",
    "zobraziť všetko",
    "na jednej strane",
    "teljes cikk",
    "egy oldalon",
    "pe o singură pagină",
    "όλο το άρθρο",
    "σε μία σελίδα",
    "tümünü göster",
    "tek sayfa",
    "tek sayfada göster",
    "показать все",
    "показать всё",
    "на одной странице",
    "весь текст",
    "одной страницей",
    "полностью",
    "показати все",
    "на одній сторінці",
    "عرض الكل",
    "المقال كاملا",
    "في صفحة واحدة",
    "نمایش همه",
    "متن کامل",
    "در یک صفحه",
    "הצג הכל",
    "בעמוד אחד",
    "पूरा लेख",
    "सभी देखें",
    "एक पेज पर",
    "ดูทั้งหมด",
    "อ่านทั้งหมด",
    "แสดงทั้งหมด",
    "หน้าเดียว",
    "xem tất cả",
    "xem toàn bộ",
    "xem toàn bài",
    "tampilkan semua",
    "lihat semua",
    "baca semua",
    "semua halaman",
    "papar semua",
    "全文",
    "阅读全文",
    "閱讀全文",
    "在本页阅读全文",
    "在本頁閱讀全文",
    "显示全文",
    "顯示全文",
    "查看全文",
    "全文阅读",
    "全文閱讀",
    "余下全文",
    "餘下全文",
    "浏览全文",
    "單頁閱讀",
    "单页阅读",
    "单页显示",
    "全部",
    "显示全部",
    "全文表示",
    "全文を表示",
    "全文を読む",
    "全ページ表示",
    "すべて表示",
    "1ページで表示",
    "全部表示",
    "전체보기",
    "전체 보기",
    "전문 보기",
    "한 페이지로 보기",
});

// Keys of queries whose value is the number of a page.
constexpr auto kPageKeys = std::to_array<std::string_view>(
    {"page",        "p",           "pg",       "paged",   "pagenum",   "pagenumber",
     "page_num",    "page_number", "pageno",   "page_no", "pageindex", "page_index",
     "currentpage", "curpage",     "cur_page", "nowpage", "pn",        "pagina",
     "pag",         "seite",       "sida",     "side",    "sivu",      "strona",
     "strana",      "stranka",     "oldal",    "pagine",  "sayfa",     "sahifa",
     "halaman",     "trang",       "stran",    "strony",  "lapa",      "leht"});
// Keys whose value says that all parts are on the page, whatever it is.
constexpr auto kWholeKeys = std::to_array<std::string_view>(
    {"all", "viewall", "view_all", "showall", "show_all", "single", "singlepage", "single_page",
     "onepage", "one_page", "fullpage", "full", "fulltext", "full_text", "alles", "komplett"});
constexpr auto kWholeValues =
    std::to_array<std::string_view>({"all", "full", "single", "singlepage", "onepage", "alles",
                                     "komplett", "todo", "tout", "semua", "0"});
// Words of paths before the number of a page, and for all pages.
constexpr auto kPathWords = std::to_array<std::string_view>(
    {"p", "page", "pag", "pagina", "seite", "sida", "side", "sivu", "strona", "strana", "stranka",
     "part", "teil", "oldal", "sayfa", "halaman", "trang", "pg", "paged"});
constexpr auto kWholePathWords = std::to_array<std::string_view>(
    {"all", "full", "single", "onepage", "singlepage", "komplettansicht", "komplett", "alles",
     "viewall", "showall", "fulltext"});

template <std::size_t n>
bool has(const std::array<std::string_view, n>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

// Sorted copies of the tables, made once.
bool is_label(std::string_view text) {
    static const auto labels = [] {
        auto sorted = kNextLabels;
        std::ranges::sort(sorted);
        return sorted;
    }();
    return std::ranges::binary_search(labels, text);
}
bool is_whole_label(std::string_view text) {
    static const auto labels = [] {
        auto sorted = kWholeLabels;
        std::ranges::sort(sorted);
        return sorted;
    }();
    return std::ranges::binary_search(labels, text);
}

// The small letter of a capital of the scripts in the tables; the usual form of a wide digit.
char32_t small(char32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 32;
    if (c >= 0xFF10 && c <= 0xFF19) return c - 0xFF10 + '0';  // full-width digits
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9)) return c + 32;
    if (c >= 0x410 && c <= 0x42F) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x531 && c <= 0x556) return c + 48;
    if (c == 0x130) return 'i';
    if (c == 0x18F) return 0x259;
    if (c >= 0x139 && c <= 0x148) return c % 2 == 1 ? c + 1 : c;
    if (c >= 0x179 && c <= 0x17E) return c % 2 == 1 ? c + 1 : c;
    if (c >= 0x100 && c <= 0x177) return c % 2 == 0 ? c + 1 : c;
    if (c == 0x388) return 0x3AD;
    if (c >= 0x1E00 && c <= 0x1EFF) return c % 2 == 0 ? c + 1 : c;
    return c;
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

// Arrows, brackets, dashes and stops round a label. Marks of letters are none.
bool is_decoration(char32_t c) {
    if (is_space(c)) return true;
    if (c < 0x80)
        return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    return c == 0xAB || c == 0xBB || c == 0xB7 || (c >= 0x2010 && c <= 0x205E) ||
           (c >= 0x2190 && c <= 0x21FF) || (c >= 0x2500 && c <= 0x27BF) ||
           (c >= 0x2900 && c <= 0x297F) || (c >= 0x2B00 && c <= 0x2BFF) ||
           (c >= 0x3000 && c <= 0x301F && c != 0x3005 && c != 0x3007) ||
           (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) ||
           (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65) || c == 0xFE0F ||
           c == 0x200E || c == 0x200F;
}

// Lower case, white space collapsed, decoration at both ends off.
std::string plain_label(std::string_view text) {
    std::vector<char32_t> letters;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = small(next_code_point(text, i));
        if (is_space(c) && (letters.empty() || letters.back() == ' ')) continue;
        letters.push_back(is_space(c) ? U' ' : c);
    }
    std::size_t begin = 0;
    std::size_t end = letters.size();
    while (begin < end && is_decoration(letters[begin])) ++begin;
    while (end > begin && is_decoration(letters[end - 1])) --end;
    std::string out;
    for (std::size_t i = begin; i < end; ++i) append_utf8(out, letters[i]);
    return out;
}

// A number of one to three digits, all of `text`; 0 for anything else.
int number_of(std::string_view text) {
    if (text.empty() || text.size() > 3 || !std::ranges::all_of(text, is_digit)) return 0;
    int number = 0;
    for (const char c : text) number = number * 10 + (c - '0');
    return number;
}

// --- addresses

// One way to read an address: as that of a part of the text at `base`.
struct Reading {
    std::string base;  // to be compared only
    int part = 1;
    bool has_number = false;
    bool is_marked = false;  // a word for pages stands with the number
    bool is_whole = false;   // all parts
};

std::string_view without_www(std::string_view host) {
    return host.starts_with("www.") ? host.substr(4) : host;
}

// "/a/index.html" and "/a/" are one address.
std::string tidy_path(std::string path) {
    const std::size_t slash = path.rfind('/');
    const std::string_view file = std::string_view(path).substr(slash + 1);
    if (file.starts_with("index.") || file.starts_with("default.") || file == "index")
        path.resize(slash + 1);
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    return path;
}

struct Query {
    std::string rest;  // the pairs that do not name a page
    int part = 0;      // 0: none
    bool is_whole = false;
};

Query read_query(std::string_view text) {
    Query out;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(pair.size() + 1, text.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string key = ascii_lower(pair.substr(0, equals));
        const std::string value = ascii_lower(pair.substr(std::min(equals + 1, pair.size())));
        const bool is_page_key = has(kPageKeys, key) || key.starts_with("pagen_");
        if (is_page_key && out.part == 0 && number_of(value) > 0) {
            out.part = number_of(value);
        } else if ((is_page_key && (value == "all" || value == "full")) ||
                   (has(kWholeKeys, key) && value != "0" && value != "false") ||
                   ((key == "view" || key == "pagewanted" || key == "show") &&
                    has(kWholeValues, value))) {
            out.is_whole = true;
        } else if (!pair.empty()) {
            out.rest += pair;
            out.rest += '&';
        }
    }
    return out;
}

// Takes the word of a path's end off: "a-page", "a/page", "a-p" are "a". False when there is none.
bool take_word(std::string& path) {
    std::size_t begin = path.size();
    while (begin > 0 && path[begin - 1] >= 'a' && path[begin - 1] <= 'z') --begin;
    if (begin == 0 || begin == path.size()) return false;
    const char mark = path[begin - 1];
    if (mark != '/' && mark != '-' && mark != '_' && mark != '.' && mark != ',' && mark != ';')
        return false;
    if (!has(kPathWords, std::string_view(path).substr(begin))) return false;
    path.resize(begin - 1);
    return true;
}

// Readings of a path that ends with a number, or with a word for all parts.
void read_path(const Url& url, const std::string& rest, std::vector<Reading>& out) {
    const std::string host = std::string(without_www(url.host)) + ':' + std::to_string(url.port);
    const auto base_of = [&](const std::string& path, const std::string& extension) {
        return host + tidy_path(path + extension) + '?' + rest;
    };
    std::string path = url.path;
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    std::string extension;
    const std::size_t slash = path.rfind('/');
    if (const std::size_t dot = path.rfind('.');
        dot != std::string::npos && slash != std::string::npos && dot > slash + 1 &&
        number_of(std::string_view(path).substr(dot + 1)) == 0) {
        extension = path.substr(dot);
        path.resize(dot);
    }
    // All parts: "/a/all", "/a_full.html".
    if (const std::size_t mark = path.find_last_of("/-_.");
        mark != std::string::npos && mark > 0 &&
        has(kWholePathWords, std::string_view(path).substr(mark + 1)))
        out.push_back(
            {.base = base_of(path.substr(0, mark), extension), .part = 1, .is_whole = true});
    std::size_t digits = path.size();
    while (digits > 0 && is_digit(path[digits - 1])) --digits;
    const int part = number_of(std::string_view(path).substr(digits));
    if (part == 0 || digits < 2) return;
    std::string before = path.substr(0, digits);
    const char mark = before.back();
    Reading reading{.base = {}, .part = part, .has_number = true};
    if (take_word(before)) {  // "-p2", "/page2"
        reading.is_marked = true;
    } else if (mark == '/' || mark == '-' || mark == '_' || mark == '.' || mark == ',' ||
               mark == ';' || mark == '~') {
        before.pop_back();
        reading.is_marked = take_word(before);  // "-page-2", "/page/2"
    } else {
        return;
    }
    if (before.empty()) before = "/";
    // "/a/index_2.html" belongs to "/a/", "/a/2.html" to "/a/" and "/a.html".
    reading.base = base_of(before, extension);
    if (mark == '/' && !extension.empty()) {
        Reading without = reading;
        without.base = base_of(before, "");
        out.push_back(std::move(without));
    }
    out.push_back(std::move(reading));
}

std::vector<Reading> readings_of(const Url& url) {
    const Query query = read_query(url.query);
    const std::string own = std::string(without_www(url.host)) + ':' + std::to_string(url.port) +
                            tidy_path(url.path) + '?' + query.rest;
    std::vector<Reading> out;
    out.push_back({.base = own,
                   .part = std::max(1, query.part),
                   .has_number = query.part > 0,
                   .is_marked = query.part > 0,
                   .is_whole = query.is_whole});
    if (query.part == 0 && !query.is_whole) read_path(url, query.rest, out);
    return out;
}

}  // namespace

PagerLabel read_pager_label(std::string_view text) {
    if (text.size() > kMaxLabelBytes) return {};
    std::string label = plain_label(text);
    if (label.empty()) return {.word = PagerWord::kBare};
    if (const int number = number_of(label); number > 0)
        return {.word = PagerWord::kNumber, .number = number};
    // "第2页", "2ページ"
    for (const auto& [before, after] : {std::pair<std::string_view, std::string_view>{"第", "页"},
                                        {"第", "頁"},
                                        {"", "ページ"},
                                        {"", "페이지"},
                                        {"page ", ""},
                                        {"seite ", ""},
                                        {"página ", ""},
                                        {"pagina ", ""},
                                        {"strona ", ""},
                                        {"strana ", ""},
                                        {"страница ", ""},
                                        {"trang ", ""},
                                        {"halaman ", ""},
                                        {"sayfa ", ""}}) {
        if (label.size() <= before.size() + after.size() || !label.starts_with(before) ||
            !label.ends_with(after))
            continue;
        const int number = number_of(trim(std::string_view(label).substr(
            before.size(), label.size() - before.size() - after.size())));
        if (number > 0) return {.word = PagerWord::kNumber, .number = number};
    }
    if (is_whole_label(label)) return {.word = PagerWord::kWhole};
    if (is_label(label)) return {.word = PagerWord::kNext};
    // "Next page (2)", "Next page: 2 of 5"
    const std::size_t words = label.find_first_of("0123456789");
    if (words != std::string::npos && words > 0 &&
        is_label(plain_label(std::string_view(label).substr(0, words))) &&
        label.find_first_not_of("0123456789/ of", words) == std::string::npos)
        return {.word = PagerWord::kNext};
    return {};
}

PagerLabel read_pager_label(Node link) {
    std::string text;
    int looked_at = 0;
    for (Node node = link.first_child(); node && looked_at < kMaxNodesOfLabel; ++looked_at) {
        if (node.is_text()) {
            text += node.text().substr(0, kMaxLabelBytes + 1);
            text += ' ';
            if (text.size() > 2 * kMaxLabelBytes) return {};
        }
        node = node.next_in(link);
    }
    const PagerLabel label = read_pager_label(std::string_view(trim(text)));
    if (label.word != PagerWord::kBare) return label;
    for (const std::string_view name : {"aria-label", "title"})
        if (const std::string_view value = link.attribute(name); !trim(value).empty())
            return read_pager_label(value);
    return label;
}

PartRelation part_relation(const Url& here, const Url& next) {
    PartRelation best;
    const std::vector<Reading> of_here = readings_of(here);
    for (const Reading& later : readings_of(next)) {
        if (!later.has_number || later.is_whole || later.part > kMaxPart) continue;
        for (const Reading& own : of_here) {
            if (own.is_whole || own.base != later.base) continue;
            PartStep step = PartStep::kNone;
            if (!own.has_number && later.part == 1 && later.is_marked)
                step = PartStep::kZeroBased;
            else if (!own.has_number && later.part == 2)
                step = later.is_marked ? PartStep::kSecondMarked : PartStep::kSecond;
            else if (own.has_number && own.part + 1 == later.part)
                step = own.is_marked && later.is_marked ? PartStep::kNextMarked : PartStep::kNext;
            if (step > best.step)
                best = {.step = step,
                        .part = step == PartStep::kZeroBased ? later.part + 1 : later.part};
        }
    }
    return best;
}

bool same_parted_text(const Url& a, const Url& b) {
    const std::vector<Reading> of_b = readings_of(b);
    return std::ranges::any_of(readings_of(a), [&](const Reading& own) {
        return std::ranges::any_of(of_b,
                                   [&](const Reading& other) { return own.base == other.base; });
    });
}

bool is_first_part_of(const Url& first, const Url& part) {
    const std::vector<Reading> of_first = readings_of(first);
    return std::ranges::any_of(readings_of(part), [&](const Reading& own) {
        return own.has_number && own.part > 1 &&
               std::ranges::any_of(of_first, [&](const Reading& other) {
                   return own.base == other.base && (!other.has_number || other.part == 1);
               });
    });
}

bool is_whole_of(const Url& here, const Url& whole) {
    const std::vector<Reading> of_here = readings_of(here);
    return std::ranges::any_of(readings_of(whole), [&](const Reading& later) {
        return later.is_whole && std::ranges::any_of(of_here, [&](const Reading& own) {
                   return !own.is_whole && own.base == later.base;
               });
    });
}

}  // namespace heliograph::html
