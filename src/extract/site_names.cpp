// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/site_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "extract/short_text.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

constexpr std::size_t kMaxParts = 8;
// Of a site's name.
constexpr std::size_t kMaxNameBytes = 120;
// Letters of a name that is looked for. "X" would be found in too many titles; two Han characters
// are a whole name.
constexpr std::size_t kMinNameLength = 2;
// A section has a short name; more words are a headline.
constexpr std::size_t kMaxSectionWords = 4;

// A name made comparable: letters and digits only, without a leading "The".
std::string name_key(std::string_view name) {
    std::string key = folded(first_bytes(name, kMaxNameBytes));
    if (key.starts_with("the ")) key.erase(0, 4);
    std::erase(key, ' ');
    // Two letters of an alphabet are too little.
    if (key.size() < 3) key.clear();
    return key;
}

bool is_ascii_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// The length of a separator that starts at `position`, spaces included; 0 when there is none.
std::size_t separator_at(std::string_view text, std::size_t position) {
    const char first = text[position];
    // These separate wherever they stand.
    if (static_cast<unsigned char>(first) >= 0xE0) {
        for (const std::string_view mark : {"｜", "丨", "│"}) {
            if (text.substr(position).starts_with(mark)) return mark.size();
        }
    }
    if (first == '|') return 1;
    // An underscore separates in Chinese titles; elsewhere it is part of a name in code.
    if (first == '_' && position > 0) {
        const bool after_wide = (static_cast<unsigned char>(text[position - 1]) & 0x80U) != 0;
        const bool before_wide = position + 1 < text.size() &&
                                 (static_cast<unsigned char>(text[position + 1]) & 0x80U) != 0;
        return after_wide || before_wide ? 1 : 0;
    }
    if (first != ' ') return 0;
    if (position + 1 < text.size() && is_ascii_letter_or_digit(text[position + 1])) return 0;
    for (const std::string_view mark :
         {" - ", " – ", " — ", " ― ", " • ", " · ", " » ", " « ",  " › ", " ‹ ", " :: ", " // ",
          " / ", " > ", " < ", " ~ ", " ∙ ", " ● ", " _ ", " -- ", " − ", " ⋆ ", " ★ ",  " : "}) {
        if (text.substr(position).starts_with(mark)) return mark.size() - 1;
    }
    return 0;
}

// "https://www.daily.example.co.uk" -> "daily" and "dailyexample"...: the labels that are a name.
std::vector<std::string> host_names(std::string_view host) {
    std::vector<std::string> names;
    std::string joined;
    for (std::size_t begin = 0; begin < host.size();) {
        const std::size_t end = std::min(host.find('.', begin), host.size());
        const std::string_view label = host.substr(begin, end - begin);
        if (label != "www" && label.size() > 2 && end < host.size())
            names.push_back(compact(label));
        begin = end + 1;
    }
    names.push_back(compact(host.starts_with("www.") ? host.substr(4) : host));
    return names;
}

// Names that systems give to sites whose owners chose none.
const WordList& default_names() {
    static const WordList words(
        "mywebsite|mysite|myblog|mywordpress|mywordpressblog|justanotherwordpresssite|wordpress|"
        "officialwebsite|officialsite|untitled|homepage|newsite|joomla|drupal|blogger");
    return words;
}

// Words that a site adds to its name.
const WordList& name_endings() {
    static const WordList words(
        "online|news|blog|com|net|org|de|fr|es|it|nl|uk|couk|ru|ua|pl|cn|jp|digital|web|website|"
        "magazine|magazin|magazyn|nachrichten|zeitung|newspaper|app|tv|live|网|網|新闻|新聞|新闻网|"
        "新聞網|ニュース|オンライン|電子版|デジタル|뉴스|온라인|новости|онлайн|الإخبارية|نيوز");
    return words;
}

// What a text is, before or behind its title, whatever the site's sections are called.
const WordList& genre_names() {
    static const WordList words(
        "opinion|opinions|editorial|analysis|comment|commentary|perspective|letters|column|op ed|"
        "meinung|kommentar|analyse|leitartikel|kolumne|gastbeitrag|éditorial|tribune|chronique|"
        "opinión|columna|análisis|opinião|coluna|análise|opinione|editoriale|analisi|commento|"
        "opinie|hoofdredactioneel|åsikt|ledare|leder|mening|kronikk|kommentti|mielipide|"
        "pääkirjoitus|opinia|komentarz|felieton|názor|komentář|vélemény|opinie|editorial|"
        "мнение|мнения|колонка|аналитика|думка|погляд|аналітика|άποψη|γνώμη|yorum|görüş|köşe "
        "yazısı|"
        "رأي|مقال|تحليل|یادداشت|تحلیل|דעה|דעות|פרשנות|विचार|संपादकीय|राय|মতামত|opini|quan điểm|"
        "góc nhìn|ความคิดเห็น|评论|評論|社论|社論|观点|觀點|社説|オピニオン|論説|사설|오피니언|칼럼");
    return words;
}

// Whether a title begins with the page's section, which is a genre: "Opinion | Close the bridge".
bool is_genre_before(std::string_view title, const std::vector<TitlePart>& parts,
                     const SiteNames& site) {
    const std::string_view first = run_of(title, parts, 0, 0);
    const std::string_view gap = title.substr(parts[0].end, parts[1].begin - parts[0].end);
    if (!gap.contains('|') && !gap.contains("｜")) return false;
    const std::string key = folded(first);
    return genre_names().contains(key) && site.is_in_section(key);
}

// Marks between a title and a site's name that need no spaces round them.
constexpr std::string_view kTightMarks[] = {
    "|",  "｜", "丨", "│",  "┃", "︱", "¦",  "‖",  "║",  "»",  "«", "›",  "‹", "•",  "·",  "・",
    "‧",  "●",  "∙",  "⋅",  "–", "—",  "―",  "－", "﹣", "﹘", "−", "＿", "_", "／", "：", "＞",
    "〉", "~",  "～", "〜", "@", "＠", "::", "//", "-",  "/",  ">", "<",  ":", "，", ",",  "…"};

// Whether `mark`, at `at` in `title`, separates without a space on either side. A hyphen, a stroke
// or a comma between letters of an alphabet is part of a word ("e-mail").
bool separates_tightly(std::string_view title, std::size_t at, std::string_view mark) {
    const bool is_weak = mark == "-" || mark == "/" || mark == ">" || mark == "<" || mark == ":" ||
                         mark == "," || mark == "_" || mark == "@" || mark == "~" || mark == "…" ||
                         mark == "–" || mark == "·";
    if (!is_weak) return true;
    const std::size_t end = at + mark.size();
    const bool is_spaced_before = at > 0 && title[at - 1] == ' ';
    const bool is_spaced_behind = end < title.size() && title[end] == ' ';
    if (is_spaced_before || is_spaced_behind) return true;
    // Scripts without spaces: "港口计划-每日".
    return (at > 2 && static_cast<unsigned char>(title[at - 3]) >= 0xE3) ||
           (end < title.size() && static_cast<unsigned char>(title[end]) >= 0xE3);
}

// A title without the site's exact name at its end or beginning, whatever mark separates it:
// "The Daily: Crane leaves", "港口计划-每日". The same when there is no such name.
std::string_view without_named_end(std::string_view title, const SiteNames& site) {
    // Most titles have none or one of the marks.
    std::array<bool, 256> has_byte{};
    for (const char c : title) has_byte[static_cast<unsigned char>(c)] = true;
    for (const std::string_view mark : kTightMarks) {
        if (!has_byte[static_cast<unsigned char>(mark.front())] ||
            !has_byte[static_cast<unsigned char>(mark.back())])
            continue;
        if (const std::size_t at = title.rfind(mark); at != std::string_view::npos && at > 0) {
            const std::string_view before = trim(title.substr(0, at));
            if (!before.empty() && mark != "," && separates_tightly(title, at, mark) &&
                site.equals(title.substr(at + mark.size())))
                return before;
        }
        if (const std::size_t at = title.find(mark); at != std::string_view::npos && at > 0) {
            const std::string_view behind = trim(title.substr(at + mark.size()));
            // "Daily, weekly, monthly" begins with a word of the headline.
            if (!behind.empty() && mark != "," && mark != "，" && mark != "…" &&
                separates_tightly(title, at, mark) && site.equals(title.substr(0, at)))
                return behind;
        }
    }
    // "【每日】港口计划", "港口计划 (The Daily)"
    constexpr std::pair<std::string_view, std::string_view> kBrackets[] = {
        {"【", "】"}, {"[", "]"}, {"（", "）"}, {"(", ")"}, {"［", "］"}, {"〔", "〕"}};
    for (const auto& [open, close] : kBrackets) {
        if (title.starts_with(open)) {
            const std::size_t end = title.find(close);
            if (end != std::string_view::npos && end + close.size() < title.size() &&
                site.equals(title.substr(open.size(), end - open.size())))
                return trim(title.substr(end + close.size()));
        }
        if (title.ends_with(close)) {
            const std::size_t begin = title.rfind(open);
            if (begin != std::string_view::npos && begin > 0 &&
                site.equals(title.substr(begin + open.size(),
                                         title.size() - close.size() - begin - open.size())))
                return trim(title.substr(0, begin));
        }
    }
    return title;
}

}  // namespace

std::vector<TitlePart> parts_of(std::string_view title) {
    std::vector<TitlePart> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < title.size() && parts.size() + 1 < kMaxParts;) {
        const std::size_t length = separator_at(title, i);
        if (length == 0) {
            ++i;
            continue;
        }
        if (i > begin) parts.push_back({begin, i});
        i += length;
        begin = i;
    }
    if (begin < title.size()) parts.push_back({begin, title.size()});
    return parts;
}

std::string_view run_of(std::string_view title, const std::vector<TitlePart>& parts,
                        std::size_t first, std::size_t last) {
    return trim(title.substr(parts[first].begin, parts[last].end - parts[first].begin));
}

SiteNames::SiteNames(const PageFacts& facts, const LinkedData& linked, const Url& url) {
    const auto add = [](std::vector<std::string>& names, std::string_view name) {
        std::string key = name_key(name);
        if (code_point_count(key) >= kMinNameLength && std::ranges::find(names, key) == names.end())
            names.push_back(std::move(key));
    };
    for (const std::string_view key :
         {"og:site_name", "application-name", "publisher", "apple-mobile-web-app-title",
          "twitter:site", "dc.publisher", "cre", "sitename", "al:ios:app_name"}) {
        const std::string_view name = facts.meta(key);
        // Some pages call their headline the name of an application.
        if (key == "og:site_name" || name != facts.meta("og:title")) add(declared_, name);
    }
    add(declared_, linked.publisher);
    add(declared_, linked.site_name);
    names_ = declared_;
    for (std::string& name : host_names(url.host)) add(names_, name);
    // Pages without an address of their own may say it.
    for (const std::string_view href : {facts.link("canonical"), facts.meta("og:url")}) {
        if (const std::size_t at = href.find("//"); at != std::string_view::npos) {
            const std::string_view rest = href.substr(at + 2);
            for (std::string& name : host_names(rest.substr(0, rest.find('/')))) add(names_, name);
        }
    }
    for (const std::string_view key :
         {"article:section", "og:article:section", "parsely-section", "section", "articlesection"})
        add(sections_, facts.meta(key));
    add(sections_, linked.section);
    for (const std::string& crumb : linked.breadcrumbs) {
        // The last step may be the article itself.
        if (word_count(crumb) <= kMaxSectionWords) add(sections_, crumb);
    }
    const std::string_view path = url.path;
    for (std::size_t begin = 0; begin < path.size();) {
        const std::size_t end = path.find('/', begin);
        if (end == std::string_view::npos) break;  // the page itself
        add(sections_, path.substr(begin, end - begin));
        begin = end + 1;
    }
}

bool SiteNames::matches(std::string_view part) const {
    if (equals(part)) return true;
    const std::string key = name_key(part);
    const std::size_t words = word_count(part);
    if (part.size() > kMaxNameBytes || key.empty() || words > 5) return false;
    return std::ranges::any_of(names_, [&](const std::string& name) {
        // "Daily News" of dailynews.example; "The Daily News – Berlin" of "Daily News".
        if (key.size() >= 4 && name.starts_with(key) && key.size() * 2 > name.size()) return true;
        return name.size() >= 4 && name.size() * 2 > key.size() &&
               (key.starts_with(name) || key.ends_with(name));
    });
}

bool SiteNames::equals(std::string_view part) const {
    if (part.size() > kMaxNameBytes) return false;
    const std::string key = name_key(part);
    if (key.empty()) return false;
    if (default_names().contains(key)) return true;
    const std::size_t words = word_count(part);
    return std::ranges::any_of(names_, [&](const std::string& name) {
        if (name == key || (name.starts_with("the") && name.substr(3) == key)) return true;
        // "Harbour Marketing" of "Harbour Marketing Agency".
        if (words >= 2 && name.starts_with(key) && key.size() * 2 > name.size()) return true;
        // "Daily Courier Online"
        return key.starts_with(name) &&
               name_endings().contains(std::string_view(key).substr(name.size()));
    });
}

bool SiteNames::is_section(std::string_view part) const {
    if (part.size() > kMaxNameBytes || word_count(part) > kMaxSectionWords) return false;
    return std::ranges::find(sections_, name_key(part)) != sections_.end();
}

bool SiteNames::is_in_section(std::string_view folded_name) const {
    const std::string key = compact(folded_name);
    return !key.empty() && std::ranges::any_of(sections_, [&](const std::string& section) {
        return section.starts_with(key) || key.starts_with(section);
    });
}

std::string without_site(std::string_view title, const SiteNames& site, TitleOrigin origin) {
    title = trim(title);
    const auto is_name = [&](std::string_view part) {
        return origin == TitleOrigin::kTitleTag ? site.matches(part) : site.equals(part);
    };
    for (bool again = true; again;) {
        again = false;
        const std::vector<TitlePart> parts = parts_of(title);
        const std::size_t count = parts.size();
        if (count > 1) {
            const std::string_view first = run_of(title, parts, 0, 0);
            const std::string_view last = run_of(title, parts, count - 1, count - 1);
            const std::string_view before = run_of(title, parts, 0, count - 2);
            again = true;
            if (is_name(last) || (site.is_section(last) && word_count(before) > 1)) {
                title = before;
            } else if (site.equals(first) || is_genre_before(title, parts, site)) {
                title = run_of(title, parts, 1, count - 1);
            } else {
                again = false;
                for (std::size_t i = 1; i + 1 < count && !again; ++i) {
                    if (!site.equals(run_of(title, parts, i, i))) continue;
                    const std::string_view left = run_of(title, parts, 0, i - 1);
                    const std::string_view right = run_of(title, parts, i + 1, count - 1);
                    // A section stands before the name, a motto behind it.
                    const bool is_section_first =
                        4 * left.size() <= title.size() && word_count(left) <= kMaxSectionWords;
                    if (!is_section_first && origin != TitleOrigin::kTitleTag) continue;
                    title = is_section_first ? right : left;
                    again = true;
                }
            }
            if (again) continue;
        }
        if (const std::string_view kept = without_named_end(title, site); kept != title) {
            title = kept;
            again = true;
        }
    }
    return std::string(title);
}

}  // namespace heliograph::extract
