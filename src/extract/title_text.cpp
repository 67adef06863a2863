// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/title_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "extract/class_words.h"
#include "extract/short_text.h"
#include "extract/short_words.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

using html::Node;

// Parts of a heading that are looked at; one with more is a wrapper of other things.
constexpr std::size_t kMaxHeadingParts = 24;
// A kicker is short: a topic or a place.
constexpr std::size_t kMaxKickerWords = 9;

// Letters of a title made of the first words of a text.
constexpr std::size_t kMaxMadeTitle = 90;
// A first sentence with less than this is no title ("Dr.", "No.").
constexpr std::size_t kMinMadeTitleBytes = 18;

constexpr char32_t kZeroWidthNonJoiner = 0x200C;
constexpr char32_t kZeroWidthJoiner = 0x200D;

bool is_invisible(char32_t c) {
    return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x180E || c == 0x200B || c == 0x200E ||
           c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xFEFF;
}

// Letters of scripts in which a joiner changes the shape of its neighbours: Hebrew to Myanmar and
// Mongolian, and the pictographs that make one emoji.
bool takes_joiners(char32_t c) {
    return (c >= 0x600 && c <= 0x109F) || (c >= 0x1780 && c <= 0x18AF) ||
           (c >= 0xFB50 && c <= 0xFEFC) || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0x2600 && c <= 0x27BF) || c >= 0x1F000 || c == 0x2640 || c == 0x2642;
}

// One run of text inside a heading that no element boundary interrupts.
struct Part {
    std::string raw;
    Node element;              // the element around its text
    bool begins_line = false;  // a block or a line break separates it from the part before
};

std::vector<Part> parts_of_heading(Node heading) {
    std::vector<Part> parts;
    bool begins_line = false;
    for (Node node = heading.first_child(); node;) {
        if (node.is_text()) {
            if (parts.empty() || begins_line || parts.back().element != node.parent()) {
                if (parts.size() >= kMaxHeadingParts) return {};
                parts.push_back({.raw = {}, .element = node.parent(), .begins_line = begins_line});
                begins_line = false;
            }
            parts.back().raw += node.text();
        } else if (node.is_element()) {
            if (html::is_unseen(node.tag())) {
                node = node.next_past(heading);
                continue;
            }
            if (html::is_block(node.tag()) || node.tag() == LXB_TAG_BR) begins_line = true;
        }
        if (!node.first_child()) {
            for (Node end = node; end && end != heading && !end.next();) {
                end = end.parent();
                if (end && end != heading && end.is_element() && html::is_block(end.tag()))
                    begins_line = true;
            }
            if (node.is_element() && html::is_block(node.tag())) begins_line = true;
        }
        node = node.next_in(heading);
    }
    return parts;
}

// What the words of a class say about a part of a heading.
enum : std::uint32_t { kNamesKicker = 1U << 0, kNamesHeadline = 1U << 1, kNamesStyle = 1U << 2 };

constexpr ShortWords kHeadingWords(std::to_array<std::pair<std::string_view, std::uint32_t>>({
    // English
    {"category", kNamesKicker},
    {"eyebrow", kNamesKicker},
    {"flag", kNamesKicker},
    {"kick", kNamesKicker},
    {"kicker", kNamesKicker},
    {"label", kNamesKicker},
    {"overhead", kNamesKicker},
    {"overheadline", kNamesKicker},
    {"overline", kNamesKicker},
    {"overtitle", kNamesKicker},
    {"pretitle", kNamesKicker},
    {"prefix", kNamesKicker},
    {"preheadline", kNamesKicker},
    {"rubric", kNamesKicker},
    {"section", kNamesKicker},
    {"slug", kNamesKicker},
    {"supertitle", kNamesKicker},
    {"suptitle", kNamesKicker},
    {"supheading", kNamesKicker},
    {"tagline", kNamesKicker},
    {"topic", kNamesKicker},
    {"topline", kNamesKicker},
    {"toptitle", kNamesKicker},
    {"uptitle", kNamesKicker},
    // German
    {"dachzeile", kNamesKicker},
    {"oberzeile", kNamesKicker},
    {"ortsmarke", kNamesKicker},
    {"roofline", kNamesKicker},
    {"rubrik", kNamesKicker},
    {"spitzmarke", kNamesKicker},
    {"stichwort", kNamesKicker},
    // French, Spanish, Portuguese, Italian
    {"antetitulo", kNamesKicker},
    {"cintillo", kNamesKicker},
    {"chapeu", kNamesKicker},
    {"occhiello", kNamesKicker},
    {"rubrique", kNamesKicker},
    {"seccion", kNamesKicker},
    {"surtitre", kNamesKicker},
    {"volanta", kNamesKicker},
    // Nordic languages, Dutch, Polish
    {"bovenkop", kNamesKicker},
    {"nadtytul", kNamesKicker},
    {"stikktittel", kNamesKicker},
    {"trompet", kNamesKicker},
    {"vignet", kNamesKicker},
    {"vignette", kNamesKicker},
    // Names of the headline itself
    {"headline", kNamesHeadline},
    {"heading", kNamesHeadline},
    {"hed", kNamesHeadline},
    {"main", kNamesHeadline},
    {"title", kNamesHeadline},
    {"titel", kNamesHeadline},
    {"titre", kNamesHeadline},
    {"titulo", kNamesHeadline},
    {"text", kNamesHeadline},
    // Names of how a few words look
    {"bold", kNamesStyle},
    {"highlight", kNamesStyle},
    {"italic", kNamesStyle},
    {"line", kNamesStyle},
    {"mark", kNamesStyle},
    {"nowrap", kNamesStyle},
    {"word", kNamesStyle},
}));

std::uint32_t heading_names(std::string_view names) {
    std::uint32_t bits = 0;
    for_each_word_of_names(names.substr(0, 200), [&](std::size_t begin, std::size_t end) {
        bits |= kHeadingWords.bits_of(names.substr(begin, end - begin));
    });
    return bits;
}

// The outermost element inside `heading` that holds `element`; null when it is `heading` itself.
Node child_of(Node heading, Node element) {
    Node child;
    for (; element && element != heading; element = element.parent()) child = element;
    return child;
}

// The nearest element around all of the heading's text: below a chain of only children.
Node innermost_wrapper(Node heading) {
    for (Node wrapper = heading;;) {
        Node only;
        for (Node child = wrapper.first_child(); child; child = child.next()) {
            if (child.is_text() ? trim(child.text()).empty() : !child.is_element()) continue;
            if (only || child.is_text()) return wrapper;
            only = child;
        }
        if (!only || !only.first_child()) return wrapper;
        wrapper = only;
    }
}

bool ends_with_mark(std::string_view text) {
    for (const std::string_view mark :
         {":", "：", ".",  "。", "!", "！", "?", "？", "؟", "…", ",",  "，",
          "،", ";",  "；", "-",  "–", "—",  "|", "｜", "/", "·", "・", "•",
          "»", "】", "]",  "|",  "।", "՝",  "፡", "«",  "(", "（"}) {
        if (text.ends_with(mark)) return true;
    }
    return false;
}

bool begins_with_mark(std::string_view text) {
    for (const std::string_view mark : {":", "：", "-", "–", "—", "|", "｜", "/", "·", "・", "•",
                                        ",", ".", ")", "）", ";", "?", "!"}) {
        if (text.starts_with(mark)) return true;
    }
    return false;
}

bool is_wide_letter(char32_t c) {
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000;
}

// What joins a kicker to the headline behind it.
std::string_view colon_of(std::string_view language, std::string_view kicker) {
    const std::string_view primary = language.substr(0, language.find_first_of("-_"));
    if (equals_ignoring_ascii_case(primary, "fr")) return " : ";
    char32_t last = 0;
    for (std::size_t i = 0; i < kicker.size();) last = next_code_point(kicker, i);
    return is_wide_letter(last) ? "：" : ": ";
}

bool is_lower_case_letter(std::string_view text) {
    if (text.empty()) return false;
    std::size_t i = 0;
    const char32_t c = next_code_point(text, i);
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF) || (c >= 0x3AC && c <= 0x3CE) ||
           (c >= 0x430 && c <= 0x45F);
}

// Whether the class of the first part's element, or of the one around it, names a kicker.
bool names_kicker(Node wrapper, const Part& part) {
    const Node outer = child_of(wrapper, part.element);
    return outer &&
           ((heading_names(outer.class_name()) | heading_names(part.element.class_name())) &
            kNamesKicker) != 0;
}

// Whether what stands before part `next` is a kicker and not the first words of the headline.
bool is_kicker(Node wrapper, const std::vector<Part>& parts, std::size_t next,
               std::string_view before, std::string_view behind) {
    if (word_count(before) > kMaxKickerWords || word_count(behind) == 0) return false;
    const Node first = child_of(wrapper, parts[0].element);
    const Node second = child_of(wrapper, parts[next].element);
    if (names_kicker(wrapper, parts[0])) return true;
    if (parts[next].begins_line) {
        // A line break inside a sentence only shapes it: the next line goes on in small letters.
        return !is_lower_case_letter(behind);
    }
    if (!first || (heading_names(first.class_name()) & kNamesStyle) != 0) return false;
    // Emphasis is no kicker.
    if (first.tag() != LXB_TAG_SPAN && first.tag() != LXB_TAG_SMALL && first.tag() != LXB_TAG_A)
        return false;
    if (first.tag() == LXB_TAG_SMALL) return true;
    if (second && second != first && second.tag() == first.tag()) {
        const std::string_view a = first.class_name();
        const std::string_view b = second.class_name();
        if (!a.empty() && a == b) return false;  // pieces of one line, moved by a script
        if ((heading_names(b) & kNamesHeadline) != 0) return true;
        // Nothing separates them in the text, so the page shows them in two lines.
        const bool is_glued = !parts[0].raw.empty() &&
                              !is_space(static_cast<unsigned char>(parts[next - 1].raw.back())) &&
                              !is_space(static_cast<unsigned char>(parts[next].raw.front()));
        return next == 1 && is_glued && !is_lower_case_letter(behind);
    }
    return false;
}

}  // namespace

std::string clean_title(std::string_view text) {
    std::string visible;
    visible.reserve(text.size());
    char32_t before = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t here = i;
        const char32_t c = next_code_point(text, i);
        if (is_invisible(c)) continue;
        if (c == kZeroWidthJoiner || c == kZeroWidthNonJoiner) {
            std::size_t next = i;
            const char32_t behind = next < text.size() ? next_code_point(text, next) : 0;
            if (!takes_joiners(before) || !takes_joiners(behind)) continue;
        }
        before = c;
        visible.append(text, here, i - here);
    }
    return collapse_space(visible);
}

HeadingText read_heading(Node heading, std::string_view language, std::size_t most) {
    HeadingText out;
    out.text = clean_title(short_text(heading, most));
    if (out.text.empty()) return out;
    const Node first = heading.first_child();
    if (first && !first.next() && first.is_text()) return out;  // most headings
    const Node wrapper = innermost_wrapper(heading);
    std::vector<Part> parts = parts_of_heading(heading);
    // Indentation between elements: it separates what is around it but is no part.
    for (std::size_t i = 0; i < parts.size();) {
        if (!clean_title(parts[i].raw).empty()) {
            ++i;
            continue;
        }
        const bool begins_line = parts[i].begins_line;
        if (i > 0) parts[i - 1].raw += ' ';
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
        if (begins_line && i < parts.size()) parts[i].begins_line = true;
    }
    out.has_parts = parts.size() > 1;
    if (!out.has_parts) return out;
    // The kicker ends where its element or its line does; a mark of its own may follow.
    const Node kicker = child_of(wrapper, parts[0].element);
    std::size_t next = 1;
    while (next < parts.size() && !parts[next].begins_line && kicker &&
           child_of(wrapper, parts[next].element) == kicker)
        ++next;
    // Text without an element of its own goes on to the next line.
    while (!kicker && next < parts.size() && !parts[next].begins_line) ++next;
    if (next == parts.size()) return out;
    std::string before;
    for (std::size_t i = 0; i < next; ++i) before += parts[i].raw;
    before = clean_title(before);
    bool has_mark = false;
    std::size_t behind_at = next;
    if (const std::string mark = clean_title(parts[next].raw);
        word_count(mark) == 0 && next + 1 < parts.size()) {
        has_mark = mark == ":" || mark == "：";
        if (!has_mark) return out;
        behind_at = next + 1;
    }
    std::string behind;
    for (std::size_t i = behind_at; i < parts.size(); ++i) {
        if (i > behind_at && parts[i].begins_line) behind += ' ';
        behind += parts[i].raw;
    }
    behind = clean_title(behind);
    if (ends_with_mark(before) || begins_with_mark(behind)) return out;
    if (!has_mark && !is_kicker(wrapper, parts, behind_at, before, behind)) return out;
    out.is_named_kicker = names_kicker(wrapper, parts[0]);
    out.with_kicker = before + std::string(colon_of(language, before)) + behind;
    return out;
}

bool is_widget_heading(std::string_view folded) {
    static const WordList words(
        // English
        "more stories|more news|more headlines|more articles|more from us|related|related stories|"
        "related articles|related news|related posts|related content|related topics|related links|"
        "most read|most popular|most viewed|most shared|most commented|popular|popular posts|"
        "popular stories|popular now|trending|trending now|trending stories|trending topics|"
        "latest|latest news|latest stories|latest posts|latest articles|latest headlines|"
        "top stories|top news|top headlines|recommended|recommended for you|recommended stories|"
        "recent posts|recent articles|recent news|recent stories|read more|read next|read also|"
        "also read|see also|you may also like|you might also like|you may like|editors picks|"
        "editor s picks|editor s choice|dont miss|don t miss|featured|featured stories|in this "
        "section|"
        "on this page|share this|share this article|share this story|newsletter|newsletters|"
        "subscribe|comments|leave a comment|leave a reply|advertisement|sponsored|"
        "sponsored content|around the web|from the web|more on this story|more on this topic|"
        "more like this|next article|previous article|next story|up next|what to read next|"
        "search|menu|navigation|primary menu|primäres menü|menü|hauptmenü|menu principal|main "
        "menu|main navigation|breadcrumb|breadcrumbs|contents|"
        "table of contents|follow us|about us|contact us|tags|topics|categories|archives|"
        // German
        "mehr zum thema|mehr nachrichten|mehr aus|weitere artikel|weitere nachrichten|"
        "weitere meldungen|weitere themen|meistgelesen|meist gelesen|meistgelesene artikel|"
        "am meisten gelesen|auch interessant|das könnte sie auch interessieren|"
        "das könnte sie interessieren|das könnte dich auch interessieren|ähnliche artikel|"
        "ähnliche beiträge|verwandte artikel|verwandte themen|lesen sie auch|aktuelle nachrichten|"
        "neueste artikel|neueste beiträge|neueste nachrichten|top themen|topthemen|empfehlungen|"
        "kommentare|navigation|hauptnavigation|inhaltsverzeichnis|schlagzeilen|anzeige|beliebt|"
        "beliebte artikel|brotkrumen|"
        // French
        "à lire aussi|à lire également|lire aussi|à lire|articles similaires|articles liés|"
        "sur le même sujet|sur le même thème|les plus lus|les articles les plus lus|"
        "les plus populaires|à la une|dernières actualités|derniers articles|dernières nouvelles|"
        "plus d articles|plus d actualités|voir aussi|à voir aussi|commentaires|fil d ariane|"
        "recommandés|recommandé pour vous|vous aimerez aussi|tendances|sommaire|"
        // Spanish, Catalan, Galician
        "más noticias|más leídas|lo más leído|las más leídas|lo más visto|te puede interesar|"
        "también te puede interesar|te recomendamos|noticias relacionadas|artículos relacionados|"
        "contenido relacionado|relacionadas|relacionados|últimas noticias|lo último|lee también|"
        "lea también|ver también|comentarios|tendencias|destacadas|notícies relacionades|"
        "més llegides|el més llegit|també et pot interessar|novas relacionadas|o máis lido|"
        // Portuguese
        "mais notícias|mais lidas|mais lidos|as mais lidas|notícias relacionadas|"
        "artigos relacionados|leia também|leia mais|veja também|últimas notícias|"
        "você pode gostar|relacionadas|comentários|destaques|recomendadas|"
        // Italian
        "altre notizie|più letti|i più letti|le più lette|articoli correlati|notizie correlate|"
        "leggi anche|leggi di più|potrebbe interessarti|ti potrebbe interessare|ultime notizie|"
        "ultim ora|commenti|in evidenza|"
        // Dutch, Afrikaans
        "meer nieuws|meer verhalen|meest gelezen|gerelateerd|gerelateerde artikelen|"
        "lees ook|lees meer|laatste nieuws|aanbevolen|populair|reacties|"
        // Nordic languages
        "fler nyheter|mest läst|mest lästa|läs också|läs mer|relaterat|relaterade artiklar|"
        "senaste nytt|senaste nyheterna|flere nyheter|mest læst|mest lest|les også|les mer|"
        "læs også|læs mere|relaterede artikler|relaterte saker|relaterte artikler|seneste nyt|"
        "siste nytt|seneste nyheder|siste nyheter|lisää uutisia|luetuimmat|lue myös|lue lisää|"
        "uusimmat|tuoreimmat|kommentit|kommentarer|mest lesið|nýjustu fréttir|"
        // Polish, Czech, Slovak
        "więcej wiadomości|najczęściej czytane|najpopularniejsze|popularne|czytaj także|czytaj też|"
        "czytaj również|zobacz także|zobacz też|zobacz również|polecane|polecamy|powiązane|"
        "powiązane artykuły|najnowsze|ostatnie wiadomości|komentarze|další zprávy|nejčtenější|"
        "související články|související|čtěte také|mohlo by vás zajímat|nejnovější|komentáře|"
        "ďalšie správy|najčítanejšie|súvisiace články|čítajte aj|mohlo by vás zaujímať|najnovšie|"
        // Hungarian, Romanian
        "további hírek|legolvasottabb|legolvasottabbak|kapcsolódó cikkek|kapcsolódó|"
        "ez is érdekelheti|friss hírek|legfrissebb|ajánljuk|mai multe știri|cele mai citite|"
        "articole similare|articole asemănătoare|citește și|citeşte şi|vezi și|ultimele știri|"
        "recomandări|"
        // South Slavic languages, Albanian, Lithuanian, Latvian, Estonian
        "najčitanije|povezane vijesti|povezani članci|pročitajte još|pročitajte i|najnovije|"
        "najnovije vijesti|najbolj brano|povezani prispevki|preberite tudi|najnovejše|"
        "најчитаније|повезане вести|најновије|најчитани|поврзани вести|най четени|най четено|"
        "още новини|свързани статии|прочетете още|последни новини|më të lexuarat|lajme të ngjashme|"
        "skaitomiausi|skaitomiausios naujienos|susiję straipsniai|taip pat skaitykite|lasītākās|"
        "lasītākie|saistītie raksti|lasi arī|loetuimad|loe ka|seotud artiklid|"
        // Russian, Ukrainian, Belarusian
        "ещё новости|еще новости|другие новости|самое читаемое|самые читаемые|популярное|"
        "популярные новости|читайте также|читать также|смотрите также|похожие новости|"
        "похожие материалы|материалы по теме|новости по теме|по теме|последние новости|"
        "главные новости|рекомендуем|комментарии|лента новостей|більше новин|інші новини|"
        "найпопулярніше|популярне|читайте також|дивіться також|схожі новини|матеріали за темою|"
        "новини за темою|останні новини|головні новини|рекомендуємо|коментарі|чытайце таксама|"
        "апошнія навіны|стужка навін|"
        // Greek
        "περισσότερα νέα|περισσότερα|δημοφιλή|τα πιο δημοφιλή|διαβάστε επίσης|διαβάστε ακόμα|"
        "δείτε επίσης|σχετικά άρθρα|σχετικά|τελευταία νέα|ροή ειδήσεων|σχόλια|"
        // Turkish, Azerbaijani, Kazakh
        "diğer haberler|en çok okunanlar|çok okunanlar|ilgili haberler|benzer haberler|"
        "bunlar da ilginizi çekebilir|son haberler|son dakika|popüler haberler|yorumlar|"
        "ən çox oxunanlar|oxşar xəbərlər|digər xəbərlər|son xəbərlər|тағы оқыңыз|соңғы жаңалықтар|"
        // Arabic, Persian, Urdu, Hebrew
        "المزيد من الأخبار|المزيد|أخبار ذات صلة|مواضيع ذات صلة|مقالات ذات صلة|ذات صلة|"
        "الأكثر قراءة|الأكثر مشاهدة|الأكثر تداولا|اقرأ أيضا|اقرأ أيضاً|شاهد أيضا|آخر الأخبار|"
        "أحدث الأخبار|قد يعجبك أيضا|تعليقات|التعليقات|مطالب مرتبط|اخبار مرتبط|پربازدیدترین|"
        "پربازدیدترین ها|پر بازدیدترین|پربیننده ترین|آخرین اخبار|بیشتر بخوانید|خبرهای مرتبط|"
        "دیدگاه ها|نظرات|متعلقہ خبریں|مزید خبریں|مزید پڑھیں|یہ بھی پڑھیں|تازہ ترین|"
        "کתבות נוספות|כתבות נוספות|עוד בנושא|עוד כתבות|הנקראות ביותר|הכי נקראות|קראו גם|"
        "כתבות קשורות|חדשות אחרונות|תגובות|"
        // Languages of South Asia
        "और खबरें|और ख़बरें|संबंधित खबरें|संबंधित ख़बरें|संबंधित समाचार|यह भी पढ़ें|ये भी पढ़ें|"
        "सबसे ज्यादा पढ़े गए|ताजा खबरें|ताज़ा ख़बरें|ट्रेंडिंग|लोकप्रिय|আরও খবর|আরো খবর|"
        "সর্বাধিক পঠিত|সর্বশেষ|সর্বশেষ সংবাদ|আরও পড়ুন|সম্পর্কিত খবর|জনপ্রিয়|"
        "தொடர்புடைய செய்திகள்|மேலும் செய்திகள்|அதிகம் படித்தவை|மேலும் படிக்க|"
        "సంబంధిత వార్తలు|మరిన్ని వార్తలు|ఇవి కూడా చదవండి|संबंधित बातम्या|हे ही वाचा|"
        "વધુ સમાચાર|സംബന്ധിച്ച വാർത്തകൾ|അനുബന്ധ വാർത്തകൾ|"
        // Indonesian, Malay, Filipino, Swahili
        "berita lainnya|berita terkait|artikel terkait|baca juga|terpopuler|berita terpopuler|"
        "paling populer|paling banyak dibaca|terkini|berita terkini|berita terbaru|rekomendasi|"
        "berita lain|berita berkaitan|paling popular|kaugnay na balita|habari zaidi|"
        "habari zinazohusiana|zilizosomwa zaidi|soma pia|soma zaidi|"
        // Vietnamese, Thai, Burmese, Khmer, Lao
        "tin liên quan|bài liên quan|tin khác|tin mới|tin mới nhất|đọc nhiều|đọc nhiều nhất|"
        "xem nhiều|tin nổi bật|có thể bạn quan tâm|xem thêm|đọc thêm|bình luận|cùng chuyên mục|"
        "ข่าวที่เกี่ยวข้อง|ข่าวอื่นๆ|ข่าวล่าสุด|ข่าวยอดนิยม|ยอดนิยม|อ่านมากที่สุด|อ่านเพิ่มเติม|"
        "เรื่องที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|ข่าวเด่น|ความคิดเห็น|ဆက်စပ်သတင်းများ|အဖတ်အများဆုံး|"
        "ព័ត៌មានពាក់ព័ន្ធ|អត្ថបទពាក់ព័ន្ធ|ຂ່າວທີ່ກ່ຽວຂ້ອງ|"
        // Chinese, Japanese, Korean
        "更多新闻|更多新聞|更多报道|更多報導|更多|相关新闻|相關新聞|相关阅读|相關閱讀|相关文章|"
        "相關文章|相关报道|相關報導|相关推荐|延伸阅读|延伸閱讀|推荐阅读|推薦閱讀|热门|熱門|"
        "热门新闻|熱門新聞|热门文章|熱門文章|热门推荐|最热|最多阅读|最多人看|点击排行|"
        "排行榜|阅读排行|最新消息|最新新闻|最新新聞|最新文章|即时新闻|即時新聞|编辑推荐|編輯推薦|"
        "猜你喜欢|你可能也喜歡|你可能感兴趣|评论|留言|関連記事|関連ニュース|関連リンク|"
        "おすすめ記事|"
        "おすすめ|人気記事|人気ランキング|アクセスランキング|ランキング|あわせて読みたい|最新記事|"
        "新着記事|最新ニュース|もっと見る|よく読まれている記事|コメント|関連キーワード|관련기사|"
        "관련 기사|관련 뉴스|많이 본 뉴스|많이 본 기사|많이 본|인기기사|인기 "
        "기사|인기뉴스|추천기사|"
        "추천 기사|최신기사|최신 기사|최신뉴스|주요뉴스|주요 뉴스|이 시각 주요뉴스|댓글|"
        // Georgian, Armenian, Amharic
        "მსგავსი სიახლეები|ყველაზე კითხვადი|ბოლო სიახლეები|ավելի շատ նորություններ|"
        "ամենաընթերցվածը|առնչվող նյութեր|ተዛማጅ ዜናዎች|ተጨማሪ ዜናዎች");
    return words.contains(folded);
}

bool is_home_word(std::string_view folded) {
    static const WordList words(
        "home|homepage|home page|front page|start|startseite|home seite|accueil|inicio|portada|"
        "início|página inicial|inici|home page|prima pagina|voorpagina|hem|hjem|forside|forsiden|"
        "etusivu|strona główna|domů|úvod|domov|kezdőlap|címlap|acasă|prima pagină|početna|naslovna|"
        "начало|главная|головна|галоўная|αρχική|ana sayfa|anasayfa|الرئيسية|خانه|صفحه اصلی|"
        "صفحہ اول|דף הבית|ראשי|होम|मुख्य पृष्ठ|হোম|প্রচ্ছদ|முகப்பு|beranda|laman utama|trang chủ|"
        "หน้าแรก|首页|首頁|ホーム|トップ|トップページ|홈|nyumbani|მთავარი|գլխավոր");
    return words.contains(folded);
}

std::string made_title(std::string_view text) {
    std::string_view line;
    for (std::string_view rest = text; !rest.empty() && word_count(line) < 2;) {
        line = trim(rest.substr(0, rest.find('\n')));
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    }
    line = first_bytes(line, 8 * kMaxMadeTitle);
    for (std::size_t i = 0; i < line.size();) {
        const char32_t c = next_code_point(line, i);
        const bool is_wide_stop = c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x0964 ||
                                  c == 0x061F || c == 0x06D4 || c == 0x104B || c == 0x17D4 ||
                                  c == 0x1362;
        const bool is_stop = c == '.' || c == '!' || c == '?';
        if (!is_wide_stop && !(is_stop && (i == line.size() || line[i] == ' '))) continue;
        if (i >= kMinMadeTitleBytes) {
            line = line.substr(0, i);
            break;
        }
    }
    return shorten(clean_title(line), kMaxMadeTitle);
}

}  // namespace heliograph::extract
