// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/byline.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "base/utf8.h"
#include "extract/class_words.h"
#include "extract/date_text.h"
#include "extract/text_fold.h"
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
constexpr std::string_view kLeads[] = {"written by",
                                       "posted by",
                                       "reported by",
                                       "story by",
                                       "published by",
                                       "words by",
                                       "text by",
                                       "article by",
                                       "post by",
                                       "authored by",
                                       "created by",
                                       "contributed by",
                                       "submitted by",
                                       "report by",
                                       "analysis by",
                                       "opinion by",
                                       "column by",
                                       "guest post by",
                                       "review by",
                                       "edited by",
                                       "a post by",
                                       "about the author",
                                       "by:",
                                       "by",
                                       "author:",
                                       "authors:",
                                       "author",
                                       "authors",
                                       "words:",
                                       "text:",
                                       "story:",
                                       "writer:",
                                       "reporter:",
                                       "contributor:",
                                       "geschrieben von",
                                       "verfasst von",
                                       "ein artikel von",
                                       "ein beitrag von",
                                       "eine analyse von",
                                       "ein kommentar von",
                                       "ein gastbeitrag von",
                                       "kommentar von",
                                       "interview von",
                                       "text von",
                                       "aus",
                                       "von:",
                                       "von",
                                       "autor:",
                                       "autorin:",
                                       "autoren:",
                                       "autor",
                                       "autorin",
                                       "autoren",
                                       "écrit par",
                                       "publié par",
                                       "rédigé par",
                                       "propos recueillis par",
                                       "article de",
                                       "par :",
                                       "par:",
                                       "par",
                                       "auteur :",
                                       "auteur:",
                                       "auteur",
                                       "escrito por",
                                       "publicado por",
                                       "por:",
                                       "por",
                                       "redacción:",
                                       "texto:",
                                       "texto",
                                       "autora:",
                                       "autora",
                                       "scritto da",
                                       "pubblicato da",
                                       "articolo di",
                                       "a cura di",
                                       "di:",
                                       "di",
                                       "da",
                                       "autore:",
                                       "door:",
                                       "door",
                                       "tekst:",
                                       "tekst",
                                       "geschreven door",
                                       "af:",
                                       "af",
                                       "skrevet af",
                                       "av:",
                                       "av",
                                       "skrevet av",
                                       "text",
                                       "foto",
                                       "texte",
                                       "texte :",
                                       "kirjoittaja:",
                                       "teksti:",
                                       "napisał",
                                       "napisała",
                                       "opublikował",
                                       "dodał",
                                       "autorka:",
                                       "autorka",
                                       "oprac.",
                                       "opracował",
                                       "opracowała",
                                       "przez",
                                       "od",
                                       "napsal",
                                       "napsala",
                                       "írta:",
                                       "írta",
                                       "szerző:",
                                       "szerző",
                                       "de:",
                                       "autor(es):",
                                       "автор:",
                                       "автор",
                                       "авторы:",
                                       "текст:",
                                       "текст",
                                       "подготовил",
                                       "подготовила",
                                       "автори:",
                                       "написал",
                                       "написала",
                                       "του",
                                       "της",
                                       "γράφει ο",
                                       "γράφει η",
                                       "γράφει",
                                       "από τον",
                                       "από την",
                                       "από",
                                       "συντάκτης:",
                                       "yazan:",
                                       "yazan",
                                       "yazar:",
                                       "haber:",
                                       "penulis:",
                                       "penulis",
                                       "oleh:",
                                       "oleh",
                                       "reporter",
                                       "tác giả:",
                                       "theo",
                                       "bởi",
                                       "بقلم:",
                                       "بقلم",
                                       "كتب:",
                                       "كتبت:",
                                       "كتب",
                                       "كتبت",
                                       "الكاتب:",
                                       "نویسنده:",
                                       "نوشته",
                                       "نویسنده",
                                       "מאת:",
                                       "מאת",
                                       "โดย:",
                                       "โดย",
                                       "เขียนโดย",
                                       "作者：",
                                       "作者:",
                                       "作者",
                                       "文：",
                                       "文:",
                                       "文／",
                                       "文/",
                                       "文｜",
                                       "文|",
                                       "文丨",
                                       "撰文：",
                                       "撰文:",
                                       "撰文",
                                       "本报记者",
                                       "本刊记者",
                                       "本报特约记者",
                                       "本报通讯员",
                                       "记者：",
                                       "记者:",
                                       "记者",
                                       "記者：",
                                       "記者:",
                                       "記者",
                                       "特约撰稿",
                                       "撰稿：",
                                       "撰稿",
                                       "编译：",
                                       "執筆：",
                                       "執筆:",
                                       "執筆",
                                       "著者：",
                                       "著者",
                                       "取材・文",
                                       "글:",
                                       "글",
                                       "글·사진",
                                       "기자:",
                                       "लेखक:",
                                       "लेखक",
                                       "द्वारा",
                                       "প্রতিবেদক:",
                                       "ad"};

// Parts of a byline that are no names.
constexpr std::string_view kRoleWords[] = {"editor",
                                           "editors",
                                           "reporter",
                                           "reporters",
                                           "writer",
                                           "writers",
                                           "correspondent",
                                           "correspondents",
                                           "columnist",
                                           "contributor",
                                           "contributors",
                                           "contributing",
                                           "journalist",
                                           "producer",
                                           "author",
                                           "photographer",
                                           "analyst",
                                           "fellow",
                                           "professor",
                                           "chief",
                                           "bureau",
                                           "freelance",
                                           "freelancer",
                                           "senior",
                                           "associate",
                                           "assistant",
                                           "deputy",
                                           "managing",
                                           "special",
                                           "director",
                                           "president",
                                           "founder",
                                           "ceo",
                                           "cofounder",
                                           "manager",
                                           "lecturer",
                                           "strategist",
                                           "specialist",
                                           "expert",
                                           "blogger",
                                           "intern",
                                           "phd",
                                           "md",
                                           "rd",
                                           "ms",
                                           "mba",
                                           "rn",
                                           "cpa",
                                           "cfp",
                                           "ldn",
                                           "mph",
                                           "msc",
                                           "esq",
                                           "dds",
                                           "jr",
                                           "redakteur",
                                           "redakteurin",
                                           "korrespondent",
                                           "korrespondentin",
                                           "journaliste",
                                           "rédacteur",
                                           "rédactrice",
                                           "redactor",
                                           "redactora",
                                           "periodista",
                                           "corresponsal",
                                           "giornalista",
                                           "redattore",
                                           "verslaggever",
                                           "redacteur",
                                           "dziennikarz",
                                           "redaktor",
                                           "корреспондент",
                                           "журналист",
                                           "редактор",
                                           "обозреватель",
                                           "συντάκτης",
                                           "muhabir",
                                           "follow",
                                           "published",
                                           "updated",
                                           "posted",
                                           "share",
                                           "comments",
                                           "email",
                                           "contact",
                                           "view",
                                           "read",
                                           "profile",
                                           "bio",
                                           "more",
                                           "posts",
                                           "articles",
                                           "minutes",
                                           "min",
                                           "subscribe",
                                           "twitter",
                                           "facebook",
                                           "instagram",
                                           "linkedin",
                                           "photo",
                                           "photos",
                                           "image",
                                           "images",
                                           "video",
                                           "illustration",
                                           "graphics",
                                           "reviewed",
                                           "edited",
                                           "fact",
                                           "checked",
                                           "medically",
                                           "opinion",
                                           "disclosure",
                                           "affiliate"};

// What is printed where a name should be.
constexpr std::string_view kNoNames[] = {"admin",       "administrator",
                                         "anonymous",   "guest",
                                         "unknown",     "null",
                                         "none",        "undefined",
                                         "author",      "editor",
                                         "by",          "n/a",
                                         "webmaster",   "user",
                                         "default",     "view all",
                                         "read more",   "share",
                                         "follow",      "subscribe",
                                         "login",       "log in",
                                         "sign in",     "home",
                                         "menu",        "search",
                                         "comments",    "comment",
                                         "reply",       "about",
                                         "contact",     "contact us",
                                         "about us",    "about the author",
                                         "all posts",   "more",
                                         "author bio",  "view profile",
                                         "see bio",     "full bio",
                                         "bio",         "updated",
                                         "published",   "advertisement",
                                         "print",       "email",
                                         "written by",  "meet the author",
                                         "twitter",     "facebook",
                                         "instagram",   "linkedin",
                                         "youtube",     "disclosure",
                                         "previous",    "next",
                                         "next post",   "previous post",
                                         "news",        "opinion",
                                         "more posts",  "see all posts",
                                         "website",     "view all posts",
                                         "authors",     "autor",
                                         "the author",  "read bio",
                                         "our authors", "name",
                                         "categories",  "tags",
                                         "person",      "post author",
                                         "copy link",   "link",
                                         "expand",      "close"};

bool any_of(std::string_view word, std::span<const std::string_view> list) {
    return std::ranges::find(list, word) != list.end();
}

// The bytes of a lead word at the beginning of `text`; 0 when there is none.
std::size_t lead_length(std::string_view text) {
    const std::string small = lowered(text.substr(0, 60));
    std::size_t longest = 0;
    for (const std::string_view lead : kLeads) {
        if (lead.size() <= longest || !std::string_view(small).starts_with(lead)) continue;
        // A lead in letters of an alphabet is a word of its own; Chinese needs no space.
        const char last = lead.back();
        const char next = lead.size() < small.size() ? small[lead.size()] : ' ';
        const bool wide = static_cast<unsigned char>(lead.front()) >= 0xE3;
        if (!wide && last != ':' && next != ' ' && next != ':' && next != '\n' &&
            static_cast<unsigned char>(next) != 0xC2)
            continue;
        longest = lead.size();
    }
    if (longest == 0) return 0;
    // Small and capital letters of one word have the same length in UTF-8 in all of these.
    std::size_t end = longest;
    while (end < text.size() && (text[end] == ' ' || text[end] == ':' || text[end] == '|')) ++end;
    while (text.substr(end).starts_with("：") || text.substr(end).starts_with("　")) end += 3;
    return end;
}

// Where a byline's names end: at a digit, a bullet, a bar.
std::size_t end_of_names(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t here = i;
        const char32_t c = next_code_point(text, i);
        if (c == '|' || c == 0x2022 || c == 0x00B7 || c == 0x25CF || c == '(' || c == '[' ||
            c == 0xFF08 || c == 0x3010 || c == 0xFF5C || c == '<' || c == '*' || c == 0x2014 ||
            c == 0x25AA || c == '@')
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

// Words that stand between two names.
constexpr std::string_view kJoints[] = {"and", "und", "et", "y",   "e",  "og",  "och", "ja",
                                        "и",   "та",  "i",  "και", "ve", "dan", "và",  "with",
                                        "en",  "a",   "și", "és",  "și", "in"};

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
            if (end < text.size() && small && any_of(word, kJoints)) {
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
    if (any_of(key, kNoNames)) return {};
    if (code_point_count(part) < 2) return {};
    return std::string(part);
}

// True for "staff writer", "MD", "Politics Editor": a part that says what the one before it is.
bool is_role(std::string_view part) {
    std::string key = folded(part);
    std::erase(key, '.');
    std::size_t begin = 0;
    while (begin < key.size()) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        if (any_of(std::string_view(key).substr(begin, end - begin), kRoleWords)) return true;
        begin = end + 1;
    }
    // "Ph.D." folds to two words
    return key == "ph d" || key == "m d" || key == "m s" || key == "r d" || key == "j d" ||
           key == "m p h" || key == "r n";
}

// Titles before a name and roles behind it, with nothing between: "Senior Editor Ana Ruiz" is left
// as it is, "Ana Ruiz Senior Editor" loses the role.
std::string without_role(std::string_view name) {
    std::size_t words = 0;
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t end = std::min(name.find(' ', begin), name.size());
        const std::string word = folded(name.substr(begin, end - begin));
        if (words >= 2 && any_of(word, kRoleWords) && word != "jr") {
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

// The names of an element: of its links to authors if it has some, else of its text.
std::vector<std::string> names_of(Node node) {
    std::vector<std::string> names;
    int looked_at = 0;
    for (Node inside = node; inside && looked_at < 200; ++looked_at) {
        if (inside.is_element() && inside.tag() == LXB_TAG_A && is_author_link(inside)) {
            for (std::string& name : names_in_byline(inside.text_content())) {
                if (looks_like_name(name)) append(names, {std::move(name)});
            }
            inside = inside.next_past(node);
            continue;
        }
        inside = inside.next_in(node);
    }
    if (!names.empty()) return names;
    const std::string text = node.text_content();
    if (text.size() > kMaxBylineBytes) return {};
    return names_in_byline(text);
}

}  // namespace

bool starts_as_byline(std::string_view text) { return lead_length(trim(text)) > 0; }

std::vector<std::string> names_in_byline(std::string_view text) {
    text = trim(text.substr(0, kMaxBylineBytes));
    std::vector<std::string> names;
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
    std::string_view people = text.substr(0, end_of_names(text));
    // A bullet or bar at the very beginning leaves nothing; the names stand behind it.
    if (trim(people).empty() && !text.empty() &&
        (text[0] == '|' || static_cast<unsigned char>(text[0]) > 0x7F)) {
        std::size_t i = 0;
        static_cast<void>(next_code_point(text, i));
        text = trim(text.substr(i));
        people = text.substr(0, end_of_names(text));
    }
    bool first = true;
    for (const std::string& part : split_names(people)) {
        if (!first && is_role(part)) continue;
        std::string name = as_name(without_role(part));
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
        append(author.is_organisation ? organisations : people, names_in_byline(author.name));
    if (!people.empty()) {
        chooser.add(people, 1.0, "json-ld");
    } else {
        chooser.add(organisations, 0.5, "json-ld");
    }
    if (entry != nullptr) {
        std::vector<std::string> names;
        for (const std::string& author : entry->authors) append(names, names_in_byline(author));
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
                append(names, names_in_byline(html::unescape(meta.value)));
        }
        chooser.add(std::move(names), key.weight, "meta");
    }
    // "twitter:label1" = "Written by", "twitter:data1" = the name.
    for (const char number : {'1', '2'}) {
        const std::string label = lowered(facts.meta(std::string("twitter:label") + number));
        if (label.find("by") != std::string::npos || label.find("von") != std::string::npos ||
            label.find("par") != std::string::npos || label.find("por") != std::string::npos ||
            label.find("author") != std::string::npos || label.find("autor") != std::string::npos)
            chooser.add(names_in_byline(facts.meta(std::string("twitter:data") + number)), 0.7,
                        "twitter");
    }

    // --- what the page shows
    std::size_t headline_order = 0;
    for (const Spot& spot : facts.headings) {
        if (spot.node == headline) headline_order = spot.order;
    }
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
        std::erase_if(names, [](const std::string& name) { return !looks_like_name(name); });
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

    for (const Line& line : lines) {
        if (line.is_long || line.distance > 40 || line.text.size() > 160) continue;
        if (!starts_as_byline(line.text)) continue;
        std::vector<std::string> names = names_in_byline(line.text);
        std::erase_if(names, [](const std::string& name) { return !looks_like_name(name); });
        // "By continuing you agree" and the like have no name in capitals.
        if (names.empty() || names.size() > 8) continue;
        const double near = std::max(0.2, 1.0 - 0.025 * std::abs(line.distance));
        chooser.add(std::move(names), 0.6 * near, "text", line.node);
    }
    return chooser.choose();
}

}  // namespace heliograph::extract
