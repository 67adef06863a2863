// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/byline_text.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "extract/date_text.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

constexpr std::size_t kMaxNameWords = 6;
constexpr std::size_t kMaxNameBytes = 90;

// Words before a name, in small letters; a longer one stands before its beginning.
const WordList& lead_words() {
    static const WordList words(
        "written by|posted by|reported by|story by|published by|words by|text by|article by|"
        "interview by|photos and story by|post by|authored by|created by|contributed by|"
        "submitted by|report by|analysis by|opinion by|column by|guest post by|review by|"
        "edited by|a post by|about the author|by:|by|author:|authors:|author|authors|words:|"
        "text:|story:|writer:|reporter:|contributor:|geschrieben von|verfasst von|erstellt von|"
        "ein artikel von|ein beitrag von|eine analyse von|ein kommentar von|"
        "ein gastbeitrag von|kommentar von|interview von|text von|von:|von|autor:|autorin:|"
        "autoren:|autor|autorin|autoren|écrit par|publié par|rédigé par|propos recueillis par|"
        "article de|par :|par:|par|auteur :|auteur:|auteur|escrito por|publicado por|por:|por|"
        "redacción:|texto:|autora:|autora|scritto da|pubblicato da|articolo di|a cura di|di:|"
        "di|autore:|door:|door|tekst:|geschreven door|af|skrevet af|av:|av|skrevet av|texte :|"
        "kirjoittaja:|teksti:|napisał|napisała|opublikował|dodał|autorka:|autorka|oprac.|"
        "opracował|opracowała|przez|napsal|napsala|írta:|írta|szerző:|szerző|de:|autor(es):|"
        "автор:|автор|авторы:|текст:|текст|подготовил|подготовила|автори:|написал|написала|του|"
        "της|γράφει ο|γράφει η|γράφει|από τον|από την|από|συντάκτης:|yazan:|yazan|yazar:|"
        "haber:|penulis:|penulis|oleh:|oleh|tác giả:|bởi|بقلم:|بقلم|كتب:|كتبت:|كتب|كتبت|"
        "الكاتب:|نویسنده:|نوشته|نویسنده|מאת:|מאת|โดย:|โดย|เขียนโดย|作者：|作者:|作者|文：|文:|文／|"
        "文/|文｜|"
        "文丨|执笔/"
        "|执笔：|执笔|撰文：|撰文:|撰文|本报记者|本刊记者|本报特约记者|本报通讯员|通讯员|"
        "记者：|记者:|"
        "记者|記者：|記者:|記者|特约撰稿|撰稿：|撰稿|"
        "编译：|執筆：|執筆:|執筆|著者：|著者|取材・文|글:|글|글·사진|기자:|लेखक:|लेखक|द्वारा|"
        "প্রতিবেদক:");
    return words;
}

// Parts of a byline that are no names.
const WordList& role_words() {
    static const WordList words(
        "editor|editors|reporter|reporters|writer|writers|correspondent|correspondents|"
        "columnist|contributor|contributors|contributing|journalist|producer|author|"
        "photographer|analyst|fellow|professor|chief|bureau|freelance|freelancer|senior|"
        "associate|assistant|deputy|managing|special|director|president|founder|ceo|cofounder|"
        "manager|lecturer|strategist|specialist|expert|blogger|intern|phd|md|rd|ms|mba|rn|cpa|"
        "cfp|ldn|mph|msc|esq|dds|jr|redakteur|redakteurin|korrespondent|korrespondentin|"
        "journaliste|rédacteur|rédactrice|redactor|redactora|periodista|corresponsal|"
        "giornalista|redattore|verslaggever|redacteur|dziennikarz|redaktor|корреспондент|"
        "журналист|редактор|обозреватель|συντάκτης|muhabir|follow|published|updated|posted|"
        "share|comments|email|contact|view|read|profile|bio|more|posts|articles|minutes|min|"
        "subscribe|twitter|facebook|instagram|linkedin|photo|photos|image|images|video|"
        "illustration|graphics|reviewed|edited|fact|checked|medically|opinion|disclosure|"
        "affiliate");
    return words;
}

// What is printed where a name should be.
const WordList& no_names() {
    static const WordList words(
        "admin|administrator|anonymous|guest|unknown|null|none|undefined|author|editor|by|n/a|"
        "webmaster|user|default|view all|read more|share|follow|subscribe|login|log in|sign in|"
        "home|menu|search|comments|comment|reply|about|contact|contact us|about us|"
        "about the author|all posts|more|author bio|view profile|see bio|full bio|bio|updated|"
        "published|advertisement|print|email|written by|meet the author|twitter|facebook|"
        "instagram|linkedin|youtube|disclosure|previous|next|next post|previous post|news|"
        "opinion|more posts|see all posts|website|view all posts|authors|autor|the author|"
        "read bio|our authors|name|categories|tags|person|post author|copy link|link|expand|"
        "close|posted|https|http|unsplash|getty images|pexels|pixabay|shutterstock|istock|"
        "adobe stock|post|blog|contributors|role|industry|date");
    return words;
}

// The bytes of a lead word at the beginning of `text`; 0 when there is none.
std::size_t lead_length(std::string_view text) {
    const std::string small = lowered(text.substr(0, 60));
    std::size_t longest = 0;
    lead_words().for_each_prefix_of(small, [&](std::string_view lead) {
        if (lead.size() <= longest) return;
        // A lead in letters of an alphabet is a word of its own; Chinese needs no space.
        const char last = lead.back();
        const char next = lead.size() < small.size() ? small[lead.size()] : ' ';
        const bool wide = static_cast<unsigned char>(lead.front()) >= 0xE3;
        if (!wide && last != ':' && next != ' ' && next != ':' && next != '\n' &&
            static_cast<unsigned char>(next) != 0xC2)
            return;
        longest = lead.size();
    });
    if (longest == 0 && text.size() > 3 && small.starts_with("by") && text[2] >= 'A' &&
        text[2] <= 'Z' && text[0] == 'B')
        return 2;  // "ByAna Ruiz": two elements without a space between
    if (longest == 0 && small.starts_with("byby ")) return 5;  // one "by" shown, one read out
    if (longest == 0) return 0;
    // Small and capital letters of one word have the same length in UTF-8 in all of these.
    std::size_t end = longest;
    while (end < text.size() && (text[end] == ' ' || text[end] == ':' || text[end] == '|')) ++end;
    while (text.substr(end).starts_with("：") || text.substr(end).starts_with("　")) end += 3;
    return end;
}

// An address where a name should be: "https://a.example/author/ana", "page.author.name".
bool is_address(std::string_view text) {
    if (text.find(' ') != std::string_view::npos) return false;
    return text.find("://") != std::string_view::npos || text.starts_with("//") ||
           text.starts_with("www.") || std::ranges::count(text, '.') > 1;
}

// Where a byline's names end: at a digit, a bullet, a bar.
std::size_t end_of_names(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t here = i;
        const char32_t c = next_code_point(text, i);
        if (c == '|' || c == 0x2022 || c == 0x00B7 || c == 0x25CF || c == '(' || c == '[' ||
            c == 0xFF08 || c == 0x3010 || c == 0xFF5C || c == '<' || c == '*' || c == 0x2014 ||
            c == 0x25AA || c == 0x22C5 || c == 0x2219 || c == 0x2027 || c == 0x300A ||
            c == 0x2192 || c == '@')
            return here;
        if (digit_value(c) >= 0 && (here == 0 || text[here - 1] == ' ' || text[here - 1] == ','))
            return here;
        // " - " cuts, a hyphen in a name does not.
        if ((c == '-' || c == 0x2013) && here > 0 && text[here - 1] == ' ' && i < text.size() &&
            text[i] == ' ')
            return here;
    }
    return text.size();
}

const WordList& date_leads() {
    static const WordList words(
        "on|at|am|um|le|el|den|il|in|under|last|updated|update|published|posted|modified|date|"
        "kl|à|a|w|dnia|on:|est|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|"
        "wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|"
        "samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
        "miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|"
        "sabato|domenica|segunda|terça|quarta|quinta|sexta|stand|the|of|de|from|since");
    return words;
}

// Words before a date: "Ana Ruiz on Friday", "Ana Ruiz Published", "Ana Ruiz le 3 mai".
bool leads_to_date(std::string_view word) {
    return date_leads().contains(word) || month_by_name(word) != 0;
}

// The part of a byline that has names, up to a mark or a date.
std::string_view names_part(std::string_view text) {
    const std::size_t end = end_of_names(text);
    std::string_view people = trim(text.substr(0, end));
    if (end == text.size()) return people;
    // Cut off at a number: the words before it belong to the date.
    std::size_t i = end;
    if (digit_value(next_code_point(text, i)) < 0) return people;
    while (true) {
        const std::size_t space = people.rfind(' ');
        if (space == std::string_view::npos) return people;
        const std::string last = folded(people.substr(space + 1));
        if (!last.empty() && !leads_to_date(last)) return people;
        people = trim(people.substr(0, space));
    }
}

// Words that stand between two names.
const WordList& joints() {
    static const WordList words("and|und|et|y|e|og|och|ja|и|та|i|και|ve|dan|và|with|en|și|és");
    return words;
}

std::string_view without_trailing(std::string_view text, std::string_view marks) {
    while (!text.empty() && marks.find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return trim(text);
}

// "FAND", "CEPF®", "LDN": a few capitals behind a comma.
bool is_credential(std::string_view part) {
    std::size_t capitals = 0;
    for (std::size_t i = 0; i < part.size();) {
        const char32_t c = next_code_point(part, i);
        if (c == '.' || c == 0xAE || c == '-') continue;
        if (c < 'A' || c > 'Z') return false;
        ++capitals;
    }
    return capitals >= 2 && capitals <= 6;
}

// Titles before a name and roles behind it, with nothing between: "Senior Editor Ana Ruiz" is left
// as it is, "Ana Ruiz Senior Editor" loses the role.
std::string without_role(std::string_view name) {
    std::size_t words = 0;
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t end = std::min(name.find(' ', begin), name.size());
        const std::string word = folded(name.substr(begin, end - begin));
        if (words >= 2 && role_words().contains(word) && word != "jr") {
            std::string_view kept = trim(name.substr(0, begin));
            return std::string(without_trailing(kept, ",-|"));
        }
        ++words;
        begin = end + 1;
    }
    return std::string(name);
}

// Whether the point at the end belongs to the name: "Perry Bacon Jr.", "Juan Carlos Muñoz C.".
bool ends_with_short_form(std::string_view name) {
    if (!name.ends_with('.')) return false;
    const std::string_view last = name.substr(name.rfind(' ') + 1);
    if (last.size() == name.size()) return false;
    return code_point_count(last) == 2 || last == "Jr." || last == "Sr." || last == "e.V.";
}

// Whether a joint is inside of one name: "José Volta e Pinto", "Ana Ortega y Gasset". What joins
// two names has a given name behind it too.
bool is_in_surname(std::string_view before, std::string_view joint, std::string_view behind) {
    if (joint != "e" && joint != "y" && joint != "i") return false;
    behind = trim(behind.substr(0, behind.find_first_of(",;&/\n")));
    return trim(before).contains(' ') && !behind.empty() && !behind.contains(' ');
}

// Words that lead to a place: "em São Paulo".
const WordList& place_leads() {
    static const WordList words("em|en|in|à|aus|из|в");
    return words;
}

}  // namespace

std::vector<std::string> split_names(std::string_view text) {
    std::vector<std::string> parts;
    std::string part;
    const auto end_part = [&] {
        if (const std::string_view trimmed = trim(part); !trimmed.empty())
            parts.emplace_back(trimmed);
        part.clear();
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t here = i;
        const char32_t c = next_code_point(text, i);
        if (c == ',' || c == ';' || c == '&' || c == '/' || c == 0x3001 || c == 0xFF0C ||
            c == 0xFF0F || c == 0x060C || c == 0xFF1B || c == '\n' || c == '+') {
            end_part();
            continue;
        }
        if (c == ' ' && !part.empty()) {
            // The next word, if it joins two names.
            const std::size_t end = std::min(text.find(' ', i), text.size());
            const std::string word = lowered(text.substr(i, end - i));
            // One letter joins only in small: "Ana y Bo", not "Ana Y Bo".
            const bool small = text.substr(i, end - i) == word || word.size() > 2;
            if (end < text.size() && small && joints().contains(word) &&
                !is_in_surname(part, word, text.substr(end))) {
                end_part();
                i = end;
                continue;
            }
        }
        part.append(text.substr(here, i - here));
    }
    end_part();
    return parts;
}

std::string as_name(std::string_view part) {
    part = trim(part);
    for (int again = 0; again < 3; ++again) {
        const std::size_t lead = lead_length(part);
        if (lead == 0 || lead >= part.size()) break;
        part = trim(part.substr(lead));
    }
    // "Interview: Ana Ruiz"
    if (const std::size_t colon = part.rfind(':'); colon != std::string_view::npos && colon > 1)
        part = trim(part.substr(colon + 1));
    const bool is_short_form = ends_with_short_form(part);
    part = without_trailing(part, is_short_form ? ",:;-|\"'" : ".,:;-|\"'");
    while (!part.empty() && (part.front() == '"' || part.front() == '-' || part.front() == ':' ||
                             part.front() == '.'))
        part = trim(part.substr(1));
    // How much an author has written and how often it was read.
    for (const std::string_view count : {" 文章", " 总阅读", " 阅读", " 粉丝", " 关注"})
        part = trim(part.substr(0, part.find(count)));
    // Chinese and Korean roles stand behind the name.
    for (const std::string_view role : {"记者", "記者", "기자", "报道", "報導", "特派員", "编辑"}) {
        if (part.size() > role.size() + 2 && part.ends_with(role))
            part = trim(part.substr(0, part.size() - role.size()));
    }
    // Korean ones begin with the place or the paper: "부산=선수민".
    if (const std::size_t equals = part.rfind('='); equals != std::string_view::npos)
        part = trim(part.substr(equals + 1));
    if (part.empty() || part.size() > kMaxNameBytes) return {};
    if (part.find("://") != std::string_view::npos || part.find('@') != std::string_view::npos ||
        part.find('{') != std::string_view::npos || part.starts_with("www."))
        return {};
    if (const std::size_t space = part.find(' ');
        space != std::string_view::npos && place_leads().contains(part.substr(0, space)))
        return {};
    const std::size_t words = word_count(part);
    if (words == 0 || words > kMaxNameWords) return {};
    const std::string key = folded(part);
    if (no_names().contains(key)) return {};
    if (code_point_count(part) < 2) return {};
    return collapse_space(part);
}

bool is_role(std::string_view part) {
    std::string key = folded(part);
    std::erase(key, '.');
    std::size_t begin = 0;
    while (begin < key.size()) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        if (role_words().contains(std::string_view(key).substr(begin, end - begin))) return true;
        begin = end + 1;
    }
    // "Ph.D." folds to two words
    return key == "ph d" || key == "m d" || key == "m s" || key == "r d" || key == "j d" ||
           key == "m p h" || key == "r n" || is_credential(part);
}

bool looks_like_name(std::string_view name) {
    std::size_t words = 0;
    std::size_t capitals = 0;
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t end = std::min(name.find(' ', begin), name.size());
        if (end > begin) {
            std::size_t i = begin;
            const char32_t c = next_code_point(name, i);
            ++words;
            // Letters without capitals count as capitals.
            if (lower(c) != c || c > 0x52F) ++capitals;
        }
        begin = end + 1;
    }
    return words > 0 && capitals * 2 >= words + 1;
}

void append(std::vector<std::string>& names, std::vector<std::string> more) {
    for (std::string& name : more) {
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
}

bool starts_as_byline(std::string_view text) { return lead_length(trim(text)) > 0; }

std::vector<std::string> names_in_byline(std::string_view text, Origin origin) {
    text = trim(first_bytes(text, kMaxBylineBytes));
    std::vector<std::string> names;
    if (is_address(text)) return names;
    // "May 3, 2026 by Ana Ruiz", "Published: 3 May / By Ana Ruiz"
    if (lead_length(text) == 0) {
        const std::string small = lowered(text);
        if (small.size() == text.size()) {
            for (const std::string_view by : {" by ", " von ", " por ", " par "}) {
                const std::size_t at = small.find(by);
                // A noble name is no byline; what stands before ours is a date or a label.
                if (at == std::string::npos) continue;
                const bool label = by == " by " || text.substr(0, at).find_first_of(
                                                       "0123456789:|") != std::string_view::npos;
                if (label) {
                    text = text.substr(at + 1);
                    break;
                }
            }
        }
    }
    for (int again = 0; again < 3; ++again) {
        const std::size_t lead = lead_length(text);
        if (lead == 0) break;
        text = trim(text.substr(lead));
    }
    std::string_view people = names_part(text);
    // A bullet or bar at the very beginning leaves nothing; the names stand behind it.
    if (trim(people).empty() && !text.empty() &&
        (text[0] == '|' || static_cast<unsigned char>(text[0]) > 0x7F)) {
        std::size_t i = 0;
        static_cast<void>(next_code_point(text, i));
        text = trim(text.substr(i));
        people = names_part(text);
    }
    bool first = true;
    for (const std::string& part : split_names(people)) {
        if (!first && is_role(part)) continue;
        std::string name = as_name(origin == Origin::kPrinted ? without_role(part) : part);
        first = false;
        if (name.empty() || (is_role(name) && word_count(name) > 1 && !names.empty())) continue;
        // A weekday or a month before a date that was cut off.
        if (month_by_name(name.substr(0, name.find(' '))) != 0 && word_count(name) == 1) continue;
        if (names.size() < kMaxNames) append(names, {std::move(name)});
    }
    return names;
}

}  // namespace heliograph::extract
