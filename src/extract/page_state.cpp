// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_state.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "extract/json_mend.h"
#include "extract/text_fold.h"
#include "html/escape.h"

namespace heliograph::extract {
namespace {

using Json = rapidjson::Value;

// Of all scripts that are read; the largest states of news pages seen have 1 MB. A value takes 16
// bytes of memory, twice while it is read, and at least two of the script.
constexpr std::size_t kMaxStateBytes = 4 * 1024 * 1024;
// Of a script's tag before its type.
constexpr std::size_t kMaxTagBytes = 500;
// Values that are looked at in one script.
constexpr int kMaxVisits = 400'000;
// Levels above a text on which the title of the article is looked for.
constexpr std::size_t kLevelsToTitle = 4;
// A title with signs is not longer than so many times its words.
constexpr std::size_t kMaxTitleTimes = 4;
// A text has at least so many paragraphs.
constexpr int kLeastParagraphs = 3;
// Of a paragraph without markup.
constexpr std::size_t kBytesOfPlainParagraph = 60;
// A script that holds an article is longer than this.
constexpr std::size_t kLeastStateBytes = 400;
// Rows of a React stream that are read; real ones have up to a thousand.
constexpr std::size_t kMaxStreamRows = 4'000;
constexpr std::size_t kMaxRowId = 16;
// Of a paragraph that is looked for, in folded bytes: what follows may be marked up otherwise.
constexpr std::size_t kBytesOfBeginning = 60;

const Json* member(const Json& object, std::initializer_list<const char*> names,
                   rapidjson::Type type) {
    for (const char* name : names) {
        const auto found = object.FindMember(name);
        if (found != object.MemberEnd() && found->value.GetType() == type) return &found->value;
    }
    return nullptr;
}

std::string_view text_member(const Json& object, std::initializer_list<const char*> names) {
    const Json* found = member(object, names, rapidjson::kStringType);
    return found != nullptr ? view_of(*found) : std::string_view{};
}

// What a node is called, in lower case; of a parsed DOM the name of the tag.
std::string kind_of(const Json& node) {
    std::string kind = ascii_lower(text_member(node, {"type", "nodeType", "_type", "__typename"}));
    if (kind == "tag" || kind == "element" || kind.empty())
        kind = ascii_lower(text_member(node, {"name", "tag", "tagName"}));
    return kind;
}

const Json* children_of(const Json& node) {
    return member(node, {"content", "children", "nodes", "items"}, rapidjson::kArrayType);
}

// Rows of a React stream by their number, for references between them.
using Rows = std::unordered_map<std::string, const Json*>;

// Whether it is an element of a React stream: ["$", "p", key, {"children": ...}].
bool is_react_element(const Json& value) {
    return value.IsArray() && value.Size() >= 4 && value[0].IsString() &&
           view_of(value[0]) == "$" && value[1].IsString() && value[3].IsObject();
}

const Json* react_children(const Json& element) {
    const auto found = element[3].FindMember("children");
    return found != element[3].MemberEnd() ? &found->value : nullptr;
}

// Writes the elements of a React stream as HTML. Keeps references to the rows.
class ReactWriter {
  public:
    // Takes what it looks at off `visits_left`.
    ReactWriter(const Rows& rows, int& visits_left) : rows_(rows), visits_left_(visits_left) {}

    std::string take() { return std::move(out_); }
    [[nodiscard]] int paragraphs() const { return paragraphs_; }

    void write(const Json& value, int depth = 0) {
        if (depth > kMaxReactDepth || --visits_left_ < 0) return;
        if (value.IsString()) {
            const std::string_view text = view_of(value);
            if (text.starts_with("$L") || text.starts_with("$@")) {
                const auto row = rows_.find(std::string(text.substr(2)));
                if (row != rows_.end()) write(*row->second, depth + 1);
            } else if (text.starts_with("$$")) {
                html::append_escaped_text(out_, text.substr(1));
            } else if (!text.starts_with('$')) {
                html::append_escaped_text(out_, text);
            }
        } else if (value.IsNumber()) {
            if (value.IsUint()) out_ += std::to_string(value.GetUint());
        } else if (is_react_element(value)) {
            write_element(value, depth);
        } else if (value.IsArray()) {
            for (const Json& inner : value.GetArray()) write(inner, depth + 1);
        }
    }

  private:
    static constexpr int kMaxReactDepth = 60;

    void write_element(const Json& element, int depth) {
        const std::string_view name = view_of(element[1]);
        static constexpr auto kForeign = std::to_array<std::string_view>(
            {"aside", "button", "figcaption", "figure", "footer", "form", "iframe", "nav",
             "noscript", "script", "select", "style", "svg", "template"});
        if (std::ranges::find(kForeign, name) != kForeign.end()) return;
        static constexpr auto kKept = std::to_array<std::string_view>(
            {"a", "b", "blockquote", "em", "h2", "h3", "h4", "i", "li", "ol", "p", "strong", "ul"});
        const bool is_kept = std::ranges::find(kKept, name) != kKept.end();
        const Json* children = react_children(element);
        if (name == "br") out_ += "<br>";
        if (children == nullptr) return;
        if (name == "p") ++paragraphs_;
        if (is_kept) {
            out_.append("<").append(name);
            const std::string_view href = text_member(element[3], {"href"});
            if (name == "a" && !href.empty() && !href.starts_with('$'))
                out_ += " href=\"" + html::escape_attribute(href) + '"';
            out_ += '>';
        } else if (name == "div" || name == "section") {
            out_ += "<div>";
        }
        write(*children, depth + 1);
        if (is_kept) {
            out_.append("</").append(name).append(">");
        } else if (name == "div" || name == "section") {
            out_ += "</div>";
        }
    }

    const Rows& rows_;
    int& visits_left_;
    std::string out_;
    int paragraphs_ = 0;
};

// Writes trees of nodes as HTML.
class Writer {
  public:
    std::string take() { return std::move(out_); }

    // The nodes of a list, each a block. Gives back how many are paragraphs.
    int write_blocks(const Json& list) {
        int paragraphs = 0;
        for (const Json& node : list.GetArray()) {
            if (!node.IsObject()) continue;
            const std::size_t before = out_.size();
            if (write_block(node) == Shape::kParagraph && out_.size() > before) ++paragraphs;
        }
        return paragraphs;
    }

  private:
    enum class Shape : std::uint8_t { kParagraph, kHeading, kList, kItem, kQuote, kBox, kForeign };

    static Shape shape_of(const std::string& kind, const Json& node) {
        const auto has = [&](std::initializer_list<std::string_view> words) {
            return std::ranges::any_of(words,
                                       [&](std::string_view word) { return kind.contains(word); });
        };
        if (has({"image", "figure", "caption", "embed", "video", "promo", "related", "newsletter",
                 "interstitial", "script", "style", "button", "gallery", "widget"}) ||
            kind == "ad" || kind.starts_with("ad-") || kind == "aside")
            return Shape::kForeign;
        if (has({"head"}) || (kind.size() == 2 && kind[0] == 'h')) return Shape::kHeading;
        if (kind == "li" || has({"list-item", "listitem", "list_item"})) return Shape::kItem;
        if (kind == "ul" || kind == "ol" || has({"list"})) return Shape::kList;
        if (has({"quote"})) return Shape::kQuote;
        if (kind == "p" || kind == "text" || has({"paragraph"})) return Shape::kParagraph;
        if (kind == "block") {  // Portable Text
            const std::string style = ascii_lower(text_member(node, {"style"}));
            if (style.size() == 2 && style[0] == 'h') return Shape::kHeading;
            if (!text_member(node, {"listItem"}).empty()) return Shape::kItem;
            return style.contains("quote") ? Shape::kQuote : Shape::kParagraph;
        }
        return Shape::kBox;
    }

    Shape write_block(const Json& node) {
        const Json* children = children_of(node);
        const Shape shape = shape_of(kind_of(node), node);
        switch (shape) {
            case Shape::kForeign:
                break;
            case Shape::kParagraph:
                write_inside(node, "p");
                break;
            case Shape::kHeading:
                write_inside(node, "h2");
                break;
            case Shape::kItem:
                write_inside(node, "li");
                break;
            case Shape::kQuote:
                write_inside(node, "blockquote");
                break;
            case Shape::kList:
                if (children == nullptr) break;
                out_ += "<ul>";
                for (const Json& item : children->GetArray())
                    if (item.IsObject()) write_inside(item, "li");
                out_ += "</ul>";
                break;
            case Shape::kBox:
                if (children != nullptr) write_blocks(*children);
                break;
        }
        return shape;
    }

    void write_inside(const Json& node, std::string_view element) {
        std::string before = std::exchange(out_, {});
        write_inline(node);
        const std::string text = std::exchange(out_, std::move(before));
        if (trim(text).empty()) return;
        out_.append("<").append(element).append(">").append(text);
        out_.append("</").append(element).append(">");
    }

    // The text of a node and of all below it.
    void write_inline(const Json& node) {
        const std::string kind = kind_of(node);
        if (shape_of(kind, node) == Shape::kForeign) return;
        if (const Json* children = children_of(node)) {
            // One paragraph of several, of a quotation.
            if ((kind == "p" || kind.contains("paragraph")) && !out_.empty()) out_ += "<br><br>";
            const std::string_view href = address_of(kind, node);
            if (!href.empty()) out_ += "<a href=\"" + html::escape_attribute(href) + "\">";
            for (const Json& child : children->GetArray()) {
                if (child.IsString()) html::append_escaped_text(out_, view_of(child));
                if (child.IsObject()) write_inline(child);
            }
            if (!href.empty()) out_ += "</a>";
            return;
        }
        if (kind == "br" || kind.contains("break")) out_ += "<br>";
        // Only what is called content is markup.
        out_ += text_member(node, {"content", "html"});
        html::append_escaped_text(out_, text_member(node, {"value", "text", "data"}));
    }

    static std::string_view address_of(const std::string& kind, const Json& node) {
        if (kind != "a" && !kind.contains("link")) return {};
        const std::initializer_list<const char*> names = {"href", "url", "uri"};
        if (const std::string_view own = text_member(node, names); !own.empty()) return own;
        const Json* more =
            member(node, {"data", "attrs", "attribs", "attributes"}, rapidjson::kObjectType);
        return more != nullptr ? text_member(*more, names) : std::string_view{};
    }

    std::string out_;
};

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size()))
        ++count;
    return count;
}

bool is_plain(char c) {
    return c == ' ' || c == ',' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

// Pieces of a text that stand in JSON as they are, unless markup divides them.
std::vector<std::string_view> plain_pieces(std::string_view text) {
    constexpr std::size_t kLeastBytes = 12;
    constexpr std::size_t kPieces = 4;
    std::vector<std::string_view> pieces;
    while (pieces.size() < kPieces && text.size() >= kLeastBytes) {
        const std::string_view piece = text.substr(0, kLeastBytes);
        const bool is_whole = std::ranges::all_of(piece, is_plain);
        if (is_whole) pieces.push_back(piece);
        text.remove_prefix(is_whole ? kLeastBytes : 1);
    }
    return pieces;
}

class Search {
  public:
    explicit Search(const StateClues& clues)
        : title_(folded(clues.title)),
          beginning_(first_bytes(folded(clues.beginning), kBytesOfBeginning)),
          pieces_(plain_pieces(clues.beginning)) {}

    std::string take() { return std::move(best_); }

    // What React streams: rows "1a:JSON", and "1b:T" with a length in hexadecimal and a text.
    void read_stream(std::string_view stream) {
        if (!may_hold_text(stream)) return;
        is_with_title_ = !title_.empty() && folded(stream).contains(title_);
        std::vector<rapidjson::Document> documents;
        documents.reserve(kMaxStreamRows);
        Rows rows;
        std::vector<std::string_view> texts;
        while (!stream.empty() && documents.size() < kMaxStreamRows) {
            const std::size_t colon = stream.find(':');
            if (colon == std::string_view::npos) break;
            const std::string id(trim(stream.substr(0, std::min(colon, kMaxRowId))));
            stream.remove_prefix(colon + 1);
            if (stream.starts_with('T')) {
                const std::size_t comma = stream.find(',');
                std::size_t length = 0;
                if (comma == std::string_view::npos ||
                    std::from_chars(stream.data() + 1, stream.data() + comma, length, 16).ec !=
                        std::errc{})
                    break;
                stream.remove_prefix(comma + 1);
                length = std::min(length, stream.size());
                texts.push_back(stream.substr(0, length));
                stream.remove_prefix(length);
                continue;
            }
            const std::size_t end = std::min(stream.find('\n'), stream.size());
            std::string_view row = stream.substr(0, end);
            stream.remove_prefix(std::min(end + 1, stream.size()));
            if (row.empty() || (row[0] != '[' && row[0] != '{')) continue;
            documents.push_back(parse_leniently(row));
            if (documents.back().HasParseError())
                documents.pop_back();
            else
                rows.emplace(id, &documents.back());
        }
        for (const std::string_view text : texts) consider_markup(text);
        visits_ = 0;
        has_title_.clear();
        for (const auto& document : documents) {
            visit(document);
            visit_react(document, rows);
        }
        is_with_title_ = false;
    }

    // A value in which the title may stand anywhere.
    void read_flat(std::string_view script) {
        is_with_title_ = !title_.empty() && folded(script).contains(title_);
        read(script);
        is_with_title_ = false;
    }

    void read(std::string_view script) {
        if (!may_hold_text(script)) return;
        const rapidjson::Document json = parse_leniently(script);
        if (json.HasParseError()) return;
        visits_ = 0;
        has_title_.clear();
        visit(json);
    }

  private:
    // To look for a few bytes takes a hundredth of reading JSON.
    [[nodiscard]] bool may_hold_text(std::string_view script) const {
        return pieces_.empty() || std::ranges::any_of(pieces_, [&](std::string_view piece) {
                   return script.contains(piece);
               });
    }

    void consider_markup(std::string_view text) {
        if (text.size() > best_.size() &&
            (count_of(text, "<p") >= kLeastParagraphs || is_plain_article(text)))
            take_if_own(std::string(text));
    }

    // Paragraphs without markup, a line each.
    static bool is_plain_article(std::string_view text) {
        constexpr std::size_t kLeastBytes = 600;
        if (text.size() < kLeastBytes || text.contains('<') || text.contains('{')) return false;
        int lines = 0;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            lines += end >= kBytesOfPlainParagraph ? 1 : 0;
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return lines >= kLeastParagraphs;
    }

    // A list of strings, each a paragraph.
    void consider_lines(const Json& list) {
        std::string text;
        std::uint32_t lines = 0;
        for (const Json& line : list.GetArray()) {
            if (!line.IsString()) return;
            const std::string_view paragraph = trim(view_of(line));
            lines += paragraph.size() >= kBytesOfPlainParagraph ? 1 : 0;
            text += "<p>";
            html::append_escaped_text(text, paragraph);
            text += "</p>";
        }
        if (lines >= kLeastParagraphs && 2 * lines >= list.Size() && text.size() > best_.size())
            take_if_own(std::move(text));
    }

    // Lists of elements in a React stream.
    void visit_react(const Json& value, const Rows& rows) {
        if (++visits_ > kMaxVisits) return;
        if (is_react_element(value)) {
            if (const Json* children = react_children(value); children != nullptr) {
                if (children->IsArray() && holds_paragraphs(*children, rows)) {
                    ReactWriter writer(rows, react_visits_left_);
                    writer.write(*children);
                    std::string text = writer.take();
                    if (writer.paragraphs() >= kLeastParagraphs && text.size() > best_.size())
                        take_if_own(std::move(text));
                    return;
                }
                visit_react(*children, rows);
            }
            for (const auto& prop : value[3].GetObject())
                if (prop.name != "children" && prop.value.IsArray()) visit_react(prop.value, rows);
        } else if (value.IsArray()) {
            for (const Json& inner : value.GetArray()) visit_react(inner, rows);
        }
    }

    // Whether paragraphs stand directly in a list, or behind references.
    static bool holds_paragraphs(const Json& list, const Rows& rows) {
        int paragraphs = 0;
        for (const Json& child : list.GetArray()) {
            const Json* element = &child;
            if (child.IsString() && view_of(child).starts_with("$L")) {
                const auto row = rows.find(std::string(view_of(child).substr(2)));
                if (row == rows.end()) continue;
                element = row->second;
            }
            if (is_react_element(*element) && view_of((*element)[1]) == "p") ++paragraphs;
        }
        return paragraphs >= kLeastParagraphs;
    }

    void visit(const Json& value) {
        if (++visits_ > kMaxVisits) return;
        if (value.IsString()) {
            consider_markup(view_of(value));
        } else if (value.IsArray()) {
            if (value.Size() >= kLeastParagraphs && value[0].IsString()) consider_lines(value);
            if (value.Size() >= kLeastParagraphs && value[0].IsObject()) {
                Writer writer;
                const int paragraphs = writer.write_blocks(value);
                std::string text = writer.take();
                if (paragraphs >= kLeastParagraphs && text.size() > best_.size())
                    take_if_own(std::move(text));
            }
            for (const Json& inner : value.GetArray()) visit(inner);
        } else if (value.IsObject()) {
            path_.push_back(&value);
            for (const auto& inner : value.GetObject()) visit(inner.value);
            path_.pop_back();
        }
    }

    void take_if_own(std::string html) {
        const bool is_own = beginning_.empty()
                                ? is_with_title_ || stands_with_title()
                                : folded(html::text_of_fragment(html)).contains(beginning_);
        if (is_own) best_ = std::move(html);
    }

    [[nodiscard]] bool stands_with_title() {
        const std::size_t levels = std::min(path_.size(), kLevelsToTitle);
        return !title_.empty() &&
               std::any_of(path_.rbegin(), path_.rbegin() + static_cast<std::ptrdiff_t>(levels),
                           [&](const Json* object) { return has_title(*object); });
    }

    bool has_title(const Json& object) {
        const auto [known, is_new] = has_title_.emplace(&object, false);
        if (is_new)
            known->second = std::ranges::any_of(object.GetObject(), [&](const auto& one) {
                return one.value.IsString() &&
                       one.value.GetStringLength() <= kMaxTitleTimes * title_.size() &&
                       folded(view_of(one.value)) == title_;
            });
        return known->second;
    }

    std::string title_;      // folded
    std::string beginning_;  // folded
    std::vector<std::string_view> pieces_;
    std::vector<const Json*> path_;  // objects round the value that is looked at
    std::unordered_map<const Json*, bool> has_title_;
    std::string best_;
    int visits_ = 0;
    int react_visits_left_ = kMaxVisits;
    bool is_with_title_ = false;  // the title stands somewhere in what is read
};

// The JSON value that begins a text, up to its last bracket; empty when it begins with none.
std::string_view json_at(std::string_view text) {
    if (!text.starts_with('{') && !text.starts_with('[')) return {};
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (--depth == 0) return text.substr(0, i + 1);
        }
    }
    return {};
}

// The string literal with double quotes that begins a text, with its quotes; empty for others.
std::string_view literal_at(std::string_view text) {
    if (!text.starts_with('"')) return {};
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return text.substr(0, i + 1);
    }
    return {};
}

// The text of a literal; empty when it is none.
std::string text_of_literal(std::string_view literal) {
    const rapidjson::Document list = parse_leniently('[' + std::string(literal) + ']');
    if (list.HasParseError() || !list.IsArray() || list.Empty() || !list[0].IsString()) return {};
    return std::string(view_of(list[0]));
}

// JavaScript writes a value that is not there as a word that JSON has not.
std::string without_undefined(std::string_view json) {
    constexpr std::string_view kWord = "undefined";
    std::string out;
    out.reserve(json.size());
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string && c == '\\' && i + 1 < json.size()) {
            out += c;
            out += json[++i];
            continue;
        }
        if (c == '"') in_string = !in_string;
        if (!in_string && c == 'u' && json.substr(i).starts_with(kWord)) {
            out += "null";
            i += kWord.size() - 1;
        } else {
            out += c;
        }
    }
    return out;
}

// A value that a script assigns: JSON as it is, or in JSON.parse("..."). Function calls are
// refused.
void read_value(Search& search, std::string_view value) {
    constexpr std::string_view kParse = "JSON.parse(";
    if (value.starts_with(kParse)) {
        const std::string_view literal = literal_at(trim(value.substr(kParse.size())));
        if (!literal.empty()) search.read(text_of_literal(literal));
        return;
    }
    const std::string_view json = json_at(value);
    if (json.size() < kLeastStateBytes) return;
    if (json.contains("undefined"))
        search.read(without_undefined(json));
    else
        search.read(json);
}

// Reads each "window.NAME = VALUE" of a script, also with self, globalThis, and names in brackets.
void read_assignments(Search& search, std::string_view script) {
    constexpr int kMaxAssignments = 40;
    constexpr std::size_t kMaxNameBytes = 80;
    int count = 0;
    for (std::size_t at = script.find('='); at != std::string_view::npos && count < kMaxAssignments;
         at = script.find('=', at)) {
        const std::size_t near = at - std::min(at, kMaxNameBytes);
        const std::string_view before = trim(script.substr(near, at - near));
        const std::string_view value = trim(script.substr(++at));
        const std::size_t statement = before.find_last_of(";\n{},");
        const std::string_view target =
            trim(before.substr(statement == std::string_view::npos ? 0 : statement + 1));
        const bool is_global = target.starts_with("window") || target.starts_with("self") ||
                               target.starts_with("globalThis") || target.starts_with("var ") ||
                               target.starts_with("let ") || target.starts_with("const ") ||
                               target.starts_with("__");
        if (!is_global) continue;
        ++count;
        read_value(search, value);
        // The next assignment stands behind this value.
        if (const std::string_view json = json_at(value); !json.empty())
            at = static_cast<std::size_t>(json.data() + json.size() - script.data());
    }
}

// Appends the pieces that a script adds to a stream: push([1, "..."]), enqueue("...").
void read_pieces(std::string_view script, std::string_view call, std::string& stream) {
    for (std::size_t at = script.find(call); at != std::string_view::npos;
         at = script.find(call, at)) {
        at += call.size();
        const std::size_t quote = script.find_first_not_of("[ \t\n0123456789,", at);
        if (quote == std::string_view::npos) return;
        const std::string_view literal = literal_at(script.substr(quote));
        if (literal.empty()) continue;
        stream += text_of_literal(literal);
        at = quote + literal.size();
    }
}

}  // namespace

std::string body_of_state(std::string_view page_utf8, const StateClues& clues) {
    constexpr std::string_view kOpen = "<script";
    constexpr std::string_view kNextPush = "self.__next_f.push(";
    constexpr std::string_view kEnqueue = "streamController.enqueue(";
    Search search(clues);
    std::string next_stream;
    std::string router_stream;
    std::size_t left = kMaxStateBytes;
    for (std::size_t at = page_utf8.find(kOpen); at != std::string_view::npos;
         at = page_utf8.find(kOpen, at)) {
        const std::size_t begin = page_utf8.find('>', at);
        if (begin == std::string_view::npos) break;
        const std::string_view tag = page_utf8.substr(at, begin - at);
        std::string_view script = page_utf8.substr(begin + 1);
        script = script.substr(0, script.find("</script"));
        at = begin + 1 + script.size();
        if (script.size() > left || tag.size() > kMaxTagBytes) continue;
        if (tag.contains("application/json")) {
            left -= script.size();
            search.read(script);
        } else if (script.size() >= kLeastStateBytes && !tag.contains("ld+json")) {
            left -= script.size();
            if (script.contains(kNextPush))
                read_pieces(script, kNextPush, next_stream);
            else if (script.contains(kEnqueue))
                read_pieces(script, kEnqueue, router_stream);
            else
                read_assignments(search, script);
        } else if (script.contains(kNextPush)) {
            read_pieces(script, kNextPush, next_stream);
        }
    }
    if (!next_stream.empty()) search.read_stream(next_stream);
    // React Router sends one flat list of values: who stands beside whom is not to be seen.
    if (!router_stream.empty()) search.read_flat(router_stream);
    return search.take();
}

}  // namespace heliograph::extract
