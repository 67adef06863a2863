// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/made_up_page.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace heliograph::test {

std::string_view name_of(ListMarkup markup) {
    constexpr std::array<std::string_view, kListMarkups> kNames = {"ul", "ol",  "table", "dl",
                                                                   "p",  "div", "br",    "rows"};
    return kNames[static_cast<std::size_t>(markup)];
}

std::string_view name_of(Rewriting rewriting) {
    constexpr std::array<std::string_view, kRewritings> kNames = {
        "renamed", "reordered", "minified", "unclosed", "upper case", "nested", "old tables"};
    return kNames[static_cast<std::size_t>(rewriting)];
}

namespace {

using Slots = std::map<std::string, std::string, std::less<>>;

// Mark-up of pieces and parts that a skeleton does not define itself.
const Slots& defaults() {
    static const Slots kDefaults = {
        {"paragraph", "<p>{}</p>\n"},
        {"heading", "<h2>{}</h2>\n"},
        {"quote", "<blockquote><p>{}</p></blockquote>\n"},
        {"picture",
         "<figure><img src=\"/img/{n}.jpg\" width=\"800\" height=\"500\" alt=\"\">"
         "<figcaption>{}</figcaption></figure>\n"},
        {"between", ""},
        {"card", "<li><a href=\"/a/{n}\">{line}</a></li>"},
        {"before", "<div class=\"related\"><h3>{label related}</h3><ul>{3*{card}*}</ul></div>\n"},
        {"inside",
         "<aside class=\"related\"><h3>{label related}</h3><ul>{2*{card}*}</ul></aside>\n"},
        {"after",
         "<section class=\"related\"><h2>{label related}</h2><ul>{4*{card}*}</ul></section>\n"},
        {"consent",
         "<div class=\"cookie-consent\" role=\"dialog\"><p>{label cookies} {label partners}</p>"
         "<button type=\"button\">{label accept}</button></div>\n"},
        {"hidden",
         "<div class=\"popup\" style=\"display:none\"><h2>{line}</h2>{4*<p>{text 3}</p>*}</div>\n"},
    };
    return kDefaults;
}

// Puts `text` in place of the "{}" of a form and a number in place of "{n}".
std::string in_form(std::string_view form, std::string_view text, std::size_t number) {
    std::string out;
    for (std::size_t i = 0; i < form.size();) {
        if (form.substr(i).starts_with("{}")) {
            out += text;
            i += 2;
        } else if (form.substr(i).starts_with("{n}")) {
            out += std::to_string(number);
            i += 3;
        } else {
            out += form[i++];
        }
    }
    return out;
}

std::string joined(const Line& line, std::string_view gap) {
    std::string out;
    for (const std::string& cell : line.cells) {
        if (!out.empty()) out += gap;
        out += cell;
    }
    return out;
}

std::string list_html(const Piece& piece, ListMarkup markup) {
    std::string out;
    switch (markup) {
        case ListMarkup::kUnordered:
        case ListMarkup::kOrdered: {
            const std::string tag = markup == ListMarkup::kOrdered ? "ol" : "ul";
            out = "<" + tag + ">\n";
            for (const Line& line : piece.lines) out += "<li>" + joined(line, " – ") + "</li>\n";
            return out + "</" + tag + ">\n";
        }
        case ListMarkup::kTable:
            out = "<table>\n<tbody>\n";
            for (const Line& line : piece.lines) {
                out += "<tr>";
                for (const std::string& cell : line.cells) out += "<td>" + cell + "</td>";
                out += "</tr>\n";
            }
            return out + "</tbody>\n</table>\n";
        case ListMarkup::kDefinitions:
            out = "<dl>\n";
            for (const Line& line : piece.lines)
                for (std::size_t i = 0; i < line.cells.size(); ++i)
                    out += i == 0 ? "<dt>" + line.cells[i] + "</dt>\n"
                                  : "<dd>" + line.cells[i] + "</dd>\n";
            return out + "</dl>\n";
        case ListMarkup::kParagraphs:
            for (const Line& line : piece.lines) out += "<p>" + joined(line, " – ") + "</p>\n";
            return out;
        case ListMarkup::kDivs:
            for (const Line& line : piece.lines) out += "<div>" + joined(line, " – ") + "</div>\n";
            return out;
        case ListMarkup::kBreaks:
            out = "<p>";
            for (const Line& line : piece.lines) {
                if (&line != &piece.lines.front()) out += "<br>\n";
                out += joined(line, " – ");
            }
            return out + "</p>\n";
        case ListMarkup::kRows:
            out = "<div class=\"rows\">\n";
            for (const Line& line : piece.lines) {
                out += "<div class=\"d-flex\">";
                for (const std::string& cell : line.cells) out += "<span>" + cell + "</span> ";
                out += "</div>\n";
            }
            return out + "</div>\n";
    }
    return out;
}

std::string_view label_of(const Labels& labels, std::string_view name) {
    const std::pair<std::string_view, std::string_view> kAll[] = {
        {"by", labels.by},
        {"related", labels.related},
        {"more", labels.more},
        {"popular", labels.popular},
        {"ad", labels.ad},
        {"share", labels.share},
        {"newsletter", labels.newsletter},
        {"invitation", labels.invitation},
        {"cookies", labels.cookies},
        {"partners", labels.partners},
        {"accept", labels.accept},
        {"comments", labels.comments},
        {"reply", labels.reply},
        {"tags", labels.tags},
        {"rights", labels.rights},
        {"terms", labels.terms},
    };
    for (const auto& [key, value] : kAll)
        if (key == name) return value;
    throw std::runtime_error("no label '" + std::string(name) + "'");
}

}  // namespace

Skeleton Skeleton::read(const std::filesystem::path& file) {
    std::ifstream in(file);
    Skeleton skeleton;
    skeleton.name_ = file.stem().string();
    std::string line;
    for (; std::getline(in, line) && line != "---";) {
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos)
            throw std::runtime_error(file.string() + ": no key in '" + line + "'");
        const std::string key = line.substr(0, colon);
        if (!defaults().contains(key)) throw std::runtime_error(file.string() + ": key " + key);
        skeleton.values_[key] = line.substr(colon + 2) + "\n";
    }
    std::ostringstream rest;
    rest << in.rdbuf();
    skeleton.page_ = rest.str();
    if (!skeleton.page_.contains("{body}")) throw std::runtime_error(file.string() + ": no {body}");
    return skeleton;
}

std::vector<Skeleton> read_skeletons(const std::filesystem::path& folder) {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".html") files.insert(entry.path());
    std::vector<Skeleton> out;
    for (const auto& file : files) out.push_back(Skeleton::read(file));
    return out;
}

Skeleton Skeleton::with(std::string_view key, std::string form) const {
    Skeleton out = *this;
    out.values_.insert_or_assign(std::string(key), std::move(form));
    return out;
}

const std::string& Skeleton::value(std::string_view key) const {
    const auto own = values_.find(key);
    return own != values_.end() ? own->second : defaults().find(key)->second;
}

std::string Skeleton::body(const MadeUpArticle& article, ListMarkup lists,
                           const std::string& inside) const {
    constexpr std::size_t kParagraphsBetweenAds = 3;
    std::string out;
    std::size_t paragraphs = 0;
    bool is_inside_written = false;
    for (std::size_t i = 0; i < article.pieces.size(); ++i) {
        const Piece& piece = article.pieces[i];
        if (piece.kind == PieceKind::kList) {
            out += list_html(piece, lists);
            continue;
        }
        const bool is_paragraph = piece.kind == PieceKind::kParagraph;
        if (is_paragraph && !is_inside_written && i >= article.pieces.size() / 2) {
            out += inside;
            is_inside_written = true;
        }
        if (is_paragraph && paragraphs > 0 && paragraphs % kParagraphsBetweenAds == 0)
            out += in_form(value("between"), article.language->labels.ad, i);
        if (is_paragraph) ++paragraphs;
        out += in_form(value(name_of(piece.kind)), joined(piece.lines.front(), " "), i);
    }
    return out;
}

std::string Skeleton::filled(std::string_view form, const MadeUpArticle& article,
                             const Slots& slots, TextMaker& words) const {
    const Language& language = *article.language;
    std::string out;
    while (!form.empty()) {
        const std::size_t open = form.find('{');
        out += form.substr(0, open);
        if (open == std::string_view::npos) break;
        form.remove_prefix(open + 1);
        // A repetition: {3*...*}.
        if (form.size() > 2 && form[0] >= '1' && form[0] <= '9') {
            const std::size_t star = form.find('*');
            const std::size_t end = form.find("*}", star + 1);
            const int count = std::stoi(std::string(form.substr(0, star)));
            for (int i = 0; i < count; ++i)
                out += filled(form.substr(star + 1, end - star - 1), article, slots, words);
            form.remove_prefix(end + 2);
            continue;
        }
        const std::size_t end = form.find('}');
        const std::string name(form.substr(0, end));
        // Braces of scripts and styles, which hold no name.
        if (end == std::string_view::npos || name.find_first_of("\n:;\"'{") != std::string::npos ||
            name.empty()) {
            out += '{';
            continue;
        }
        form.remove_prefix(end + 1);
        if (const auto slot = slots.find(name); slot != slots.end()) {
            out += slot->second;
        } else if (name.starts_with("label ")) {
            out += label_of(language.labels, name.substr(6));
        } else if (name.starts_with("text ")) {
            for (int i = std::stoi(name.substr(5)); i > 0; --i) out += words.sentence() + " ";
        } else if (name.starts_with("words ")) {
            out += words.words(std::stoul(name.substr(6)));
        } else if (name == "line") {
            out += words.headline();
        } else if (name == "name") {
            out += words.name();
        } else if (name == "n") {
            out += std::to_string(words.random().between(100, 99999));
        } else if (name == "card") {
            out += filled(value("card"), article, slots, words);
        } else {
            throw std::runtime_error(name_ + ": no placeholder '" + name + "'");
        }
    }
    return out;
}

std::string Skeleton::page(const MadeUpArticle& article, const PageParts& parts, ListMarkup lists,
                           std::uint64_t seed) const {
    constexpr std::uint64_t kOtherWords = 0x5EED;  // the page says something else than its article
    const Language& language = *article.language;
    TextMaker words(language, seed ^ kOtherWords);
    Slots slots = {
        {"title", article.title},
        {"author", article.author},
        {"site", std::string(language.labels.site)},
        {"lang", std::string(language.tag)},
        {"dir", language.is_right_to_left ? "rtl" : "ltr"},
        {"date", "14.11.2026 09:40"},
        {"iso", "2026-11-14T09:40:00+00:00"},
        {"head", "<meta charset=\"utf-8\"><title>" + article.title + " | " +
                     std::string(language.labels.site) +
                     "</title><meta property=\"og:type\" content=\"article\">"
                     "<meta property=\"og:title\" content=\"" +
                     article.title + "\">"},
    };
    const auto part = [&](const char* key, bool is_there) {
        return is_there ? filled(value(key), article, slots, words) : std::string();
    };
    const std::string inside = part("inside", parts.inside);
    Slots all = slots;
    all["consent"] = part("consent", parts.consent);
    all["hidden"] = part("hidden", parts.hidden);
    all["before"] = part("before", parts.before);
    all["after"] = part("after", parts.after);
    all["body"] = body(article, lists, inside);
    return filled(page_, article, all, words);
}

// --- rewritings

namespace {

struct Attribute {
    std::string name;
    std::string value;
    bool has_value = false;
};

struct Token {
    bool is_tag = false;
    bool is_end = false;
    std::string name;  // lower case; empty for text, comments and doctypes
    std::vector<Attribute> attributes;
    std::string text;  // of what is no tag, as it stands
};

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::vector<Attribute> attributes_of(std::string_view text) {
    std::vector<Attribute> out;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == ' ' || text[i] == '\n' || text[i] == '/') {
            ++i;
            continue;
        }
        Attribute attribute;
        while (i < text.size() && text[i] != '=' && text[i] != ' ' && text[i] != '\n')
            attribute.name += text[i++];
        if (i < text.size() && text[i] == '=') {
            attribute.has_value = true;
            ++i;
            const char quote = i < text.size() && (text[i] == '"' || text[i] == '\'') ? text[i] : 0;
            if (quote != 0) ++i;
            while (i < text.size() && (quote != 0 ? text[i] != quote : text[i] != ' '))
                attribute.value += text[i++];
            if (quote != 0) ++i;
        }
        out.push_back(std::move(attribute));
    }
    return out;
}

std::vector<Token> tokens_of(std::string_view page) {
    std::vector<Token> out;
    while (!page.empty()) {
        Token token;
        if (page[0] != '<' || page.starts_with("<!")) {
            std::size_t end = page[0] != '<' ? page.find('<') : page.find('>') + 1;
            if (page.starts_with("<!--")) end = page.find("-->") + 3;
            token.text = page.substr(0, end);
            page.remove_prefix(token.text.size());
            out.push_back(std::move(token));
            continue;
        }
        const std::size_t end = page.find('>');
        std::string_view inner = page.substr(1, end - 1);
        page.remove_prefix(end + 1);
        token.is_tag = true;
        token.is_end = inner.starts_with('/');
        if (token.is_end) inner.remove_prefix(1);
        const std::size_t name_end = inner.find_first_of(" \n/");
        token.name = lower(std::string(inner.substr(0, name_end)));
        if (name_end != std::string_view::npos)
            token.attributes = attributes_of(inner.substr(name_end));
        const bool is_raw = !token.is_end && (token.name == "script" || token.name == "style" ||
                                              token.name == "noscript");
        const std::string raw_end = "</" + token.name;
        out.push_back(std::move(token));
        if (is_raw) {
            Token raw;
            raw.text = page.substr(0, page.find(raw_end));
            page.remove_prefix(raw.text.size());
            out.push_back(std::move(raw));
        }
    }
    return out;
}

std::string written(const Token& token, char quote = '"') {
    if (!token.is_tag) return token.text;
    std::string out = token.is_end ? "</" : "<";
    out += token.name;
    for (const Attribute& attribute : token.attributes) {
        out += ' ' + attribute.name;
        if (!attribute.has_value) continue;
        const bool is_plain = quote == 0 && !attribute.value.empty() &&
                              attribute.value.find_first_of(" \n\"'=<>`&/") == std::string::npos;
        const bool needs_double = attribute.value.contains('\'');
        const std::string mark = is_plain ? "" : (quote == '\'' && !needs_double ? "'" : "\"");
        out += '=' + mark + attribute.value + mark;
    }
    return out + '>';
}

bool is_blank(const Token& token) {
    return !token.is_tag && token.text.find_first_not_of(" \n\t") == std::string::npos;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

bool is_block_name(std::string_view name) {
    return is_one_of(
        name, {"p",    "div",  "section", "article",    "main",  "aside",      "header", "footer",
               "nav",  "ul",   "ol",      "li",         "table", "tbody",      "tr",     "td",
               "th",   "dl",   "dt",      "dd",         "h1",    "h2",         "h3",     "h4",
               "h5",   "h6",   "figure",  "figcaption", "form",  "blockquote", "center", "body",
               "html", "head", "pre",     "hr"});
}

void rename(std::vector<Token>& tokens, Random& random) {
    Slots names;
    const auto renamed = [&](const std::string& name) {
        std::string& other = names[name];
        while (other.size() < 7) other += static_cast<char>('a' + random.below(26));
        return other;
    };
    for (Token& token : tokens)
        for (Attribute& attribute : token.attributes) {
            if (attribute.name != "class" && attribute.name != "id") continue;
            std::istringstream in(attribute.value);
            attribute.value.clear();
            for (std::string name; in >> name;)
                attribute.value += (attribute.value.empty() ? "" : " ") + renamed(name);
        }
}

// Whether an end tag may be left out: what follows closes the element anyhow.
bool is_optional_end(const std::vector<Token>& tokens, std::size_t i) {
    const std::string& name = tokens[i].name;
    std::size_t next = i + 1;
    while (next < tokens.size() && is_blank(tokens[next])) ++next;
    if (next == tokens.size()) return true;
    const Token& after = tokens[next];
    if (!after.is_tag) return false;
    const auto follows = [&](std::initializer_list<std::string_view> names) {
        return !after.is_end && is_one_of(after.name, names);
    };
    if (name == "p") {
        if (after.is_end) return is_block_name(after.name);
        return is_block_name(after.name) && after.name != "td" && after.name != "tr";
    }
    if (name == "li")
        return follows({"li"}) || (after.is_end && is_one_of(after.name, {"ul", "ol"}));
    if (name == "td" || name == "th")
        return follows({"td", "th", "tr"}) || (after.is_end && after.name == "tr");
    if (name == "tr")
        return follows({"tr"}) || (after.is_end && is_one_of(after.name, {"table", "tbody"}));
    if (name == "dt" || name == "dd")
        return follows({"dt", "dd"}) || (after.is_end && after.name == "dl");
    return is_one_of(name, {"body", "html"});
}

std::string without_optional_ends(const std::vector<Token>& tokens, char quote, bool is_tight) {
    std::string out;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        if (token.is_end && is_optional_end(tokens, i)) continue;
        if (is_tight && !token.is_tag) {
            if (token.text.starts_with("<!--")) continue;
            // Space between two blocks means nothing; elsewhere one space is left.
            const bool is_after_block =
                i > 0 && tokens[i - 1].is_tag && is_block_name(tokens[i - 1].name);
            const bool is_before_block =
                i + 1 < tokens.size() && tokens[i + 1].is_tag && is_block_name(tokens[i + 1].name);
            if (is_blank(token)) {
                if (!is_after_block && !is_before_block) out += ' ';
                continue;
            }
        }
        out += written(token, quote);
    }
    return out;
}

std::string nested(const std::vector<Token>& tokens) {
    std::string out;
    bool is_in_head = true;
    for (const Token& token : tokens) {
        if (token.is_tag && token.name == "body") is_in_head = false;
        const bool is_paragraph = token.is_tag && token.name == "p" && !is_in_head;
        if (is_paragraph && !token.is_end) out += "<div><div>";
        out += written(token);
        if (is_paragraph && token.is_end) out += "</div></div>";
    }
    return out;
}

// The page as editors of 2003 wrote it.
std::string as_old_tables(const std::vector<Token>& tokens) {
    std::string out;
    bool is_in_head = true;
    for (const Token& token : tokens) {
        if (!token.is_tag) {
            if (!token.text.starts_with("<!")) out += token.text;
            continue;
        }
        if (token.name == "body") is_in_head = false;
        if (is_in_head) {
            if (is_one_of(token.name, {"html", "head", "title"})) out += written(token);
            continue;
        }
        const bool is_box = is_one_of(token.name, {"div", "section", "article", "main", "aside",
                                                   "header", "footer", "nav", "figure", "form"});
        if (is_box) {
            out += token.is_end ? "</TD></TR></TABLE>\n" : "<TABLE WIDTH=100%><TR><TD>";
        } else if (token.name == "p" || token.name == "figcaption") {
            out += token.is_end ? "<BR><BR>\n" : "";
        } else if (token.name == "h1") {
            out += token.is_end ? "</B></FONT><BR><BR>\n" : "<FONT SIZE=5><B>";
        } else if (is_one_of(token.name, {"h2", "h3", "h4"})) {
            out += token.is_end ? "</B><BR><BR>\n" : "<B>";
        } else {
            Token bare = token;
            std::erase_if(bare.attributes, [](const Attribute& attribute) {
                return !is_one_of(attribute.name, {"href", "src", "width", "height"});
            });
            out += written(bare, 0);
        }
    }
    return out;
}

}  // namespace

std::string rewritten(std::string_view page, Rewriting rewriting, std::uint64_t seed) {
    Random random(seed);
    std::vector<Token> tokens = tokens_of(page);
    char quote = '"';
    switch (rewriting) {
        case Rewriting::kRenamed:
            rename(tokens, random);
            break;
        case Rewriting::kReordered:
            for (Token& token : tokens) random.shuffle(token.attributes);
            break;
        case Rewriting::kMinified:
            return without_optional_ends(tokens, 0, true);
        case Rewriting::kUnclosed:
            return without_optional_ends(tokens, '"', false);
        case Rewriting::kUpperCase:
            for (Token& token : tokens)
                for (char& c : token.name)
                    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            quote = '\'';
            break;
        case Rewriting::kNested:
            return nested(tokens);
        case Rewriting::kOldTables:
            return as_old_tables(tokens);
    }
    std::string out;
    for (const Token& token : tokens) out += written(token, quote);
    return out;
}

}  // namespace heliograph::test
