// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_state.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
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

    void read(std::string_view script) {
        // To look for a few bytes takes a hundredth of reading JSON.
        if (!pieces_.empty() && std::ranges::none_of(pieces_, [&](std::string_view piece) {
                return script.contains(piece);
            }))
            return;
        const rapidjson::Document json = parse_leniently(script);
        if (json.HasParseError()) return;
        visits_ = 0;
        has_title_.clear();
        visit(json);
    }

  private:
    void visit(const Json& value) {
        if (++visits_ > kMaxVisits) return;
        if (value.IsString()) {
            const std::string_view text = view_of(value);
            if (text.size() > best_.size() && count_of(text, "<p") >= kLeastParagraphs)
                take_if_own(std::string(text));
        } else if (value.IsArray()) {
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
                                ? stands_with_title()
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
};

}  // namespace

std::string body_of_state(std::string_view page_utf8, const StateClues& clues) {
    constexpr std::string_view kOpen = "<script";
    constexpr std::string_view kType = "application/json";
    Search search(clues);
    std::size_t left = kMaxStateBytes;
    for (std::size_t at = page_utf8.find(kType); at != std::string_view::npos;
         at = page_utf8.find(kType, at)) {
        const std::size_t near = at - std::min(at, kMaxTagBytes);
        const std::string_view before = page_utf8.substr(near, at - near);
        at += kType.size();
        const std::size_t open = before.rfind('<');
        if (open == std::string_view::npos || !before.substr(open).starts_with(kOpen)) continue;
        const std::size_t begin = page_utf8.find('>', at);
        if (begin == std::string_view::npos) break;
        std::string_view script = page_utf8.substr(begin + 1);
        script = script.substr(0, script.find("</script"));
        at = begin + 1 + script.size();
        if (script.size() > left) continue;
        left -= script.size();
        search.read(script);
    }
    return search.take();
}

}  // namespace heliograph::extract
