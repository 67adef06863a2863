// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/byline.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/utf8.h"
#include "extract/class_words.h"
#include "extract/date_text.h"
#include "extract/short_text.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"
#include "html/article_html.h"

namespace heliograph::extract {
namespace {

using html::Node;

constexpr std::size_t kMaxBylineBytes = 400;
constexpr std::size_t kMaxNameWords = 6;
constexpr std::size_t kMaxNameBytes = 90;
constexpr std::size_t kMaxNames = 30;
constexpr std::size_t kMaxSpots = 80;
// Elements between headline and byline; beyond it a name is of another article as likely as not.
constexpr double kFarElements = 300;

// Words before a name, in small letters; a longer one stands before its beginning.
const WordList& lead_words() {
    static const WordList words(
        "written by|posted by|reported by|story by|published by|words by|text by|article by|"
        "interview by|photos and story by|post by|authored by|created by|contributed by|"
        "submitted by|report by|analysis by|opinion by|column by|guest post by|review by|"
        "edited by|a post by|about the author|by:|by|author:|authors:|author|authors|words:|"
        "text:|story:|writer:|reporter:|contributor:|geschrieben von|verfasst von|"
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
        "|执笔：|执笔|撰文：|撰文:|撰文|本报记者|本刊记者|本报特约记者|本报通讯员|记者：|记者:|"
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
            if (end < text.size() && small && joints().contains(word)) {
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

std::string_view without_trailing(std::string_view text, std::string_view marks) {
    while (!text.empty() && marks.find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return trim(text);
}

// What is left of one part of a byline as a name; empty when it is none.
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
    part = without_trailing(part, ".,:;-|\"'");
    while (!part.empty() && (part.front() == '"' || part.front() == '-' || part.front() == ':' ||
                             part.front() == '.'))
        part = trim(part.substr(1));
    // Chinese and Korean roles stand behind the name.
    for (const std::string_view role : {"记者", "記者", "기자", "报道", "報導", "特派員", "编辑"}) {
        if (part.size() > role.size() + 2 && part.ends_with(role))
            part = trim(part.substr(0, part.size() - role.size()));
    }
    if (part.empty() || part.size() > kMaxNameBytes) return {};
    if (part.find("://") != std::string_view::npos || part.find('@') != std::string_view::npos ||
        part.find('{') != std::string_view::npos || part.starts_with("www."))
        return {};
    const std::size_t words = word_count(part);
    if (words == 0 || words > kMaxNameWords) return {};
    const std::string key = folded(part);
    if (no_names().contains(key)) return {};
    if (code_point_count(part) < 2) return {};
    return std::string(part);
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

// True for "staff writer", "MD", "Politics Editor": a part that says what the one before it is.
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

// True when each word of a Latin name begins as names do; other scripts have no capitals to tell.
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

struct Claim {
    std::vector<std::string> names;
    std::string key;  // folded names in order of the alphabet
    std::vector<std::string> keys;
    double weight = 0;
    const char* source = "";
    Node node;
};

bool contains_all(const std::vector<std::string>& all, const std::vector<std::string>& some) {
    return std::ranges::all_of(
        some, [&](const std::string& key) { return std::ranges::find(all, key) != all.end(); });
}

class Chooser {
  public:
    explicit Chooser(const SiteNames& site) : site_(site) {}

    void add(std::vector<std::string> names, double weight, const char* source, Node node = {}) {
        Claim claim{
            .names = {}, .key = {}, .keys = {}, .weight = weight, .source = source, .node = node};
        const bool only_one = names.size() == 1;
        for (std::string& name : names) {
            if (site_.matches(name)) {
                // The publisher among people is no author; alone it stands in for one.
                if (!only_one) continue;
                claim.weight *= 0.35;
            }
            std::string key = folded(name);
            if (key.empty() || std::ranges::find(claim.keys, key) != claim.keys.end()) continue;
            if (claim.names.size() >= kMaxNames) break;
            claim.keys.push_back(std::move(key));
            claim.names.push_back(std::move(name));
        }
        if (claim.names.empty()) return;
        // "Staff Writer" stands where a name should be.
        if (std::ranges::all_of(claim.names, [](const std::string& name) { return is_role(name); }))
            claim.weight *= 0.3;
        std::vector<std::string> sorted = claim.keys;
        std::ranges::sort(sorted);
        for (const std::string& key : sorted) claim.key += key + ";";
        claims_.push_back(std::move(claim));
    }

    [[nodiscard]] bool empty() const { return claims_.empty(); }

    AuthorChoice choose() const {
        const Claim* best = nullptr;
        double best_score = 0;
        for (const Claim& claim : claims_) {
            double score = claim.weight;
            std::vector<std::string_view> seen = {claim.source};
            for (const Claim& other : claims_) {
                if (&other == &claim || std::ranges::find(seen, other.source) != seen.end())
                    continue;
                if (other.key == claim.key) {
                    score += other.weight;
                } else if (contains_all(claim.keys, other.keys)) {
                    // The other names some of ours: it may have had room for one only.
                    score += 0.8 * other.weight;
                } else if (contains_all(other.keys, claim.keys)) {
                    score += 0.4 * other.weight;
                } else {
                    continue;
                }
                seen.emplace_back(other.source);
            }
            if (best == nullptr || score > best_score) {
                best = &claim;
                best_score = score;
            }
        }
        if (best == nullptr) return {};
        AuthorChoice choice{.names = best->names,
                            .node = best->node,
                            .evidence = {best->source, std::min(0.97, 0.3 + 0.3 * best_score)}};
        for (const Claim& claim : claims_) {
            if (!choice.node && claim.node && claim.key == best->key) choice.node = claim.node;
        }
        return choice;
    }

  private:
    const SiteNames& site_;
    std::vector<Claim> claims_;
};

void append(std::vector<std::string>& names, std::vector<std::string> more) {
    for (std::string& name : more) {
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
}

// Addresses of pages about people.
bool is_author_link(Node link) {
    const std::string_view href = link.attribute(LXB_DOM_ATTR_HREF);
    for (const std::string_view part :
         {"/author",     "/autor",       "/auteur",  "/people/", "/person/",  "/by/",
          "/staff/",     "/contributor", "/profile", "/writer",  "/reporter", "/columnist",
          "/journalist", "/redaktion/",  "/team/",   "/bio/",    "/byline/",  "/user/",
          "/users/",     "/profil",      "/creator", "/expert",  "/authors/"}) {
        if (href.find(part) != std::string_view::npos) return true;
    }
    return link.attribute("rel").find("author") != std::string_view::npos;
}

// True for one word, as readers' and bloggers' handles are.
bool is_handle(std::string_view name) {
    return name.size() <= 25 && name.find(' ') == std::string_view::npos;
}

// The names of an element: of its links to authors if it has some, else of its text.
std::vector<std::string> names_of(Node node) {
    std::vector<std::string> names;
    std::vector<std::string> pieces;  // its text nodes
    int looked_at = 0;
    for (Node inside = node; inside && looked_at < 200; ++looked_at) {
        if (inside.is_element() && inside.tag() == LXB_TAG_A && is_author_link(inside)) {
            for (std::string& name : names_in_byline(inside.text_content())) {
                if (looks_like_name(name) || is_handle(name)) append(names, {std::move(name)});
            }
            inside = inside.next_past(node);
            continue;
        }
        if (inside.is_element() && html::is_unseen(inside.tag())) {
            inside = inside.next_past(node);
            continue;
        }
        if (inside.is_text() && !trim(inside.text()).empty())
            pieces.push_back(collapse_space(inside.text().substr(0, kMaxBylineBytes)));
        inside = inside.next_in(node);
    }
    if (!names.empty() || pieces.empty()) return names;
    const std::string text = short_text(node, kMaxBylineBytes);
    if (!text.empty()) names = names_in_byline(text);
    // Name, role and a link to follow in elements of their own run together in the text: then the
    // first of them that is a name of usual length.
    const bool ran_together =
        names.empty() ||
        std::ranges::any_of(names, [](const std::string& name) { return word_count(name) > 3; });
    if (ran_together && pieces.size() > 1) {
        for (const std::string& piece : pieces) {
            std::vector<std::string> found = names_in_byline(piece);
            const bool good =
                !found.empty() && std::ranges::all_of(found, [](const std::string& name) {
                    return looks_like_name(name) && word_count(name) >= 2 &&
                           word_count(name) <= 4 && !is_role(name);
                });
            if (good) return found;
        }
    }
    return names;
}

// Where a row of Chinese names, apart by spaces, ends: at the first word that is none. A name has
// two to four characters.
std::size_t end_of_han_names(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t length = 0;
        std::size_t i = begin;
        while (i < text.size()) {
            std::size_t next = i;
            const char32_t c = next_code_point(text, next);
            if (is_space(c)) break;
            if (!is_cjk(c)) return begin == 0 ? i : end;
            ++length;
            i = next;
        }
        if (begin > 0 && (length < 2 || length > 4)) return end;
        end = i;
        while (i < text.size()) {
            std::size_t next = i;
            if (!is_space(next_code_point(text, next))) break;
            i = next;
        }
        begin = i;
    }
    return end;
}

// Chinese agencies name the reporter in brackets in the first line: "（记者 陆一夫）".
std::vector<std::string> names_in_brackets(std::string_view text) {
    for (const std::string_view lead :
         {"（记者", "（記者", "(记者", "(記者", "记者：", "记者:", "記者", "作者：", "作者:"}) {
        const std::size_t at = text.find(lead);
        if (at == std::string_view::npos || at > 200) continue;
        const std::string_view rest = trim(text.substr(at + lead.size()));
        const bool bracket = lead.front() == '(' || lead.starts_with("（");
        std::size_t end = std::min(rest.find_first_of(")"), rest.find("）"));
        if (!bracket)
            end = std::min({end, end_of_han_names(rest), rest.find("／"), rest.find('/')});
        if (end == std::string_view::npos || end > 60) continue;
        std::vector<std::string> names;
        for (std::string& part : split_names(rest.substr(0, end))) {
            // Names apart by spaces: a space in a Chinese name is decoration after one character.
            for (std::size_t begin = 0; begin < part.size();) {
                const std::size_t space = std::min(part.find(' ', begin), part.size());
                std::string name = as_name(std::string_view(part).substr(begin, space - begin));
                const std::size_t length = code_point_count(name);
                if (length >= 2 && length <= 5) names.push_back(std::move(name));
                begin = space + 1;
            }
        }
        if (!names.empty()) return names;
    }
    return {};
}

// "3 May 2026 by Ana Ruiz"
bool has_byline_behind_date(std::string_view text) {
    const std::size_t by = lowered(text).find(" by ");
    return by != std::string::npos && by < 60 &&
           text.substr(0, by).find_first_of("0123456789") != std::string_view::npos;
}

}  // namespace

bool starts_as_byline(std::string_view text) { return lead_length(trim(text)) > 0; }

std::vector<std::string> names_in_byline(std::string_view text, Origin origin) {
    text = trim(text.substr(0, kMaxBylineBytes));
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

AuthorChoice choose_authors(const PageFacts& facts, const LinkedData& linked,
                            const std::vector<Line>& lines, const SiteNames& site, Node headline,
                            const Entry* entry) {
    Chooser chooser(site);
    // --- what the metadata say
    std::vector<std::string> people;
    std::vector<std::string> organisations;
    for (const LinkedData::Author& author : linked.authors)
        append(author.is_organisation ? organisations : people,
               names_in_byline(author.name, Origin::kMetadata));
    if (!people.empty()) {
        chooser.add(people, 1.0, "json-ld");
    } else {
        chooser.add(organisations, 0.5, "json-ld");
    }
    if (entry != nullptr) {
        std::vector<std::string> names;
        for (const std::string& author : entry->authors)
            append(names, names_in_byline(author, Origin::kMetadata));
        chooser.add(std::move(names), 0.9, "feed");
    }
    struct Key {
        std::string_view key;
        double weight;
    };
    static constexpr Key kKeys[] = {{"author", 0.8},
                                    {"article:author", 0.7},
                                    {"og:article:author", 0.7},
                                    {"parsely-author", 0.8},
                                    {"sailthru.author", 0.8},
                                    {"byl", 0.9},
                                    {"dc.creator", 0.7},
                                    {"dcterms.creator", 0.7},
                                    {"dc.contributor", 0.3},
                                    {"citation_author", 0.8},
                                    {"citation_authors", 0.8},
                                    {"dcsext.author", 0.7},
                                    {"cxenseparse:author", 0.8},
                                    {"article:author_name", 0.8},
                                    {"authors", 0.7},
                                    {"rbauthors", 0.6},
                                    {"article.author", 0.7},
                                    {"creator", 0.5},
                                    {"og:author", 0.7},
                                    {"vr:author", 0.7},
                                    {"bt:author", 0.7},
                                    {"twitter:creator", 0.0}};
    for (const Key& key : kKeys) {
        std::vector<std::string> names;
        for (const PageFacts::Named& meta : facts.metas) {
            if (meta.key == key.key && key.weight > 0)
                append(names, names_in_byline(html::unescape(meta.value), Origin::kMetadata));
        }
        chooser.add(std::move(names), key.weight, "meta");
    }
    // "twitter:label1" = "Written by", "twitter:data1" = the name.
    for (const char number : {'1', '2'}) {
        const std::string label = lowered(facts.meta(std::string("twitter:label") + number));
        if (label.find("by") != std::string::npos || label.find("von") != std::string::npos ||
            label.find("par") != std::string::npos || label.find("por") != std::string::npos ||
            label.find("author") != std::string::npos || label.find("autor") != std::string::npos)
            chooser.add(names_in_byline(facts.meta(std::string("twitter:data") + number),
                                        Origin::kMetadata),
                        0.7, "twitter");
    }

    // --- what the page shows
    const std::size_t headline_order = facts.order_of(headline);
    std::size_t looked_at = 0;
    std::vector<std::string> marked;  // itemprop="author", one element a person
    Node marked_node;
    for (const Spot& spot : facts.bylines) {
        if ((spot.zone & (kRoleComment | kRoleHidden)) != 0) continue;
        if ((spot.roles & kRoleComment) != 0) continue;
        if (++looked_at > kMaxSpots) break;
        const double apart = spot.order > headline_order
                                 ? static_cast<double>(spot.order - headline_order)
                                 : 1.5 * static_cast<double>(headline_order - spot.order);
        const double near = std::max(0.2, 1.0 - apart / kFarElements);
        std::vector<std::string> names = names_of(spot.node);
        const bool declared = spot.property == "author" || spot.node.tag() == LXB_TAG_A;
        std::erase_if(names, [&](const std::string& name) {
            return !looks_like_name(name) && !(declared && is_handle(name));
        });
        if (names.empty()) continue;
        double weight = 0.5;
        if ((spot.roles & kRoleByline) != 0) weight = 0.8;
        if (spot.property == "author") {
            weight = 0.8;
            if (apart < kFarElements && (spot.zone & kRoleAside) == 0) {
                if (!marked_node) marked_node = spot.node;
                append(marked, names);
            }
        }
        if ((spot.zone & kRoleAside) != 0) weight *= 0.4;
        if ((spot.zone & kRoleBio) != 0 || (spot.roles & kRoleBio) != 0) weight *= 0.7;
        chooser.add(std::move(names), weight * near, "markup", spot.node);
    }
    if (marked.size() > 1) chooser.add(std::move(marked), 0.8, "markup", marked_node);

    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line& line = lines[i];
        const double near = std::max(0.2, 1.0 - 0.025 * std::abs(line.distance));
        if (line.distance > 0 && line.distance < 20) {
            if (std::vector<std::string> names = names_in_brackets(line.text); !names.empty()) {
                chooser.add(std::move(names), 0.7 * near, "text", {});
                continue;
            }
        }
        if (line.is_long || line.distance > 40 || line.text.size() > 160) continue;
        std::vector<std::string> names;
        Node node = line.node;
        if (starts_as_byline(line.text) || has_byline_behind_date(line.text)) {
            names = names_in_byline(line.text);
            // "Written by" in one line, the name in the next.
            if (names.empty() && line.text.size() < 30 && i + 1 < lines.size() &&
                lines[i + 1].text.size() < 80) {
                names = names_in_byline(lines[i + 1].text);
                node = lines[i + 1].node;
            }
        }
        std::erase_if(names, [](const std::string& name) {
            // "By continuing you agree", "By Role": no name, or none of a person.
            return !looks_like_name(name) || (name.find(' ') == std::string::npos &&
                                              static_cast<unsigned char>(name.front()) < 0x80);
        });
        if (names.empty() || names.size() > 8) continue;
        chooser.add(std::move(names), 0.6 * near, "text", node);
    }
    return chooser.choose();
}

}  // namespace heliograph::extract
