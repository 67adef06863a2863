// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/markdown_body.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "html/article_html.h"
#include "html/escape.h"
#include "render/body.h"
#include "render/markdown.h"

namespace heliograph::render {
namespace {

// Columns of a table in Markdown: beyond that nobody can read it, and each row costs all of them.
constexpr std::size_t kMaxColumns = 100;

// Where a run of inline content stands decides what a line break in it is.
enum class Place { kParagraph, kHeading, kCell };

// Inline content is first laid out as pieces. What emphasis is written with is decided afterwards,
// when both neighbours of its delimiters are known.
struct Piece {
    enum class Kind { kText, kOpen, kClose };
    Kind kind = Kind::kText;
    std::string text;         // Markdown; of kOpen and kClose the element's name
    std::size_t partner = 0;  // of kOpen: the kClose that belongs to it
    std::size_t depth = 0;    // of kOpen: how many emphases are round it
};

char32_t first_of(std::string_view text) {
    std::size_t position = 0;
    return next_code_point(text, position);
}

char32_t last_of(std::string_view text) {
    std::size_t start = text.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
    return next_code_point(text, start);
}

// The class of the nearest character before or after a piece: the edge of a block counts as space,
// and every delimiter, "*", "_" or a tag, is punctuation.
CharacterClass class_before(std::string_view written) {
    return written.empty() ? CharacterClass::kSpace : character_class(last_of(written));
}
CharacterClass class_after(std::span<const Piece> pieces) {
    for (const Piece& piece : pieces) {
        if (piece.kind != Piece::Kind::kText) return CharacterClass::kPunctuation;
        if (!piece.text.empty()) return character_class(first_of(piece.text));
    }
    return CharacterClass::kSpace;
}
CharacterClass class_before(std::span<const Piece> pieces) {
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
        if (piece->kind != Piece::Kind::kText) return CharacterClass::kPunctuation;
        if (!piece->text.empty()) return character_class(last_of(piece->text));
    }
    return CharacterClass::kSpace;
}

// Delimiters for the emphasis that pieces[open] begins; none when only tags are safe there.
// `written` is the line up to it.
std::optional<std::string_view> delimiter(std::span<const Piece> pieces, std::size_t open,
                                          std::string_view written) {
    const Piece& piece = pieces[open];
    // A third level, or delimiters that would run together with others of their kind.
    if (piece.depth > 1) return std::nullopt;
    if (written.ends_with('*') || written.ends_with('_')) {
        if (piece.depth == 0 || written.ends_with('_')) return std::nullopt;
    }
    const CharacterClass outside_before = class_before(written);
    const CharacterClass inside_first = class_after(pieces.subspan(open + 1));
    const CharacterClass inside_last =
        class_before(pieces.subspan(open + 1, piece.partner - open - 1));
    const CharacterClass outside_after = class_after(pieces.subspan(piece.partner + 1));
    // Inner emphasis is written with "_", so that its delimiters never mix with the outer "*".
    const auto opens = piece.depth == 0 ? star_opens : underscore_opens;
    if (!opens(outside_before, inside_first) || !opens(outside_after, inside_last))
        return std::nullopt;
    const bool strong = piece.text == "strong";
    if (piece.depth == 0) return strong ? "**" : "*";
    return strong ? "__" : "_";
}

std::string join(const std::vector<Piece>& pieces) {
    std::string out;
    std::map<std::size_t, std::string> closing;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        if (piece.kind == Piece::Kind::kText) {
            out += piece.text;
        } else if (piece.kind == Piece::Kind::kClose) {
            out += closing[i];
        } else if (const auto mark = delimiter(pieces, i, out)) {
            out += *mark;
            closing[piece.partner] = *mark;
        } else {
            out += "<" + piece.text + ">";
            closing[piece.partner] = "</" + piece.text + ">";
        }
    }
    return out;
}

// Inline elements that Markdown has no sign for and that Git hosts let through as HTML.
bool is_kept_as_html(std::string_view name) {
    constexpr auto kNames =
        std::to_array<std::string_view>({"abbr", "cite", "code", "del", "ins", "kbd", "mark", "q",
                                         "rp", "rt", "ruby", "s", "small", "sub", "sup"});
    static_assert(std::ranges::is_sorted(kNames));
    return std::ranges::binary_search(kNames, name);
}

// A code span, with a fence longer than any run of backticks in it.
std::string code_span(std::string text, Place place) {
    std::ranges::replace(text, '\n', ' ');
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
    const std::string fence(longest + 1, '`');
    const bool is_blank = text.find_first_not_of(' ') == std::string::npos;
    // One space on each side is taken off again when there are both.
    const bool pad = !is_blank && (text.front() == '`' || text.back() == '`' ||
                                   (text.front() == ' ' && text.back() == ' '));
    if (place == Place::kCell) {  // the table is cut at every bare "|" before code is looked for
        for (std::size_t i = 0; (i = text.find('|', i)) != std::string::npos; i += 2)
            text.insert(i, 1, '\\');
    }
    return pad ? fence + ' ' + text + ' ' + fence : fence + text + fence;
}

class Writer {
  public:
    explicit Writer(const BodyContext& context) : context_(context) {}

    // Blocks, each without a line feed at its end, a blank line between them.
    std::string blocks(std::span<const Node> nodes);

  private:
    std::string block(const Node& node, char list_mark);
    std::string heading(const Node& node);
    std::string list(const Node& node, char mark);
    std::string definitions(const Node& node);
    std::string quote(const Node& node);
    std::string code(const Node& node);
    std::string figure(const Node& node);
    std::string embed(const Node& node);
    std::string table(const Node& node);
    std::string cell(const Node& node);
    std::string cell_block(const Node& node, std::string_view mark);

    // Inline content as lines ready to stand in `place`; `wrapper` is an emphasis round all of it.
    std::string line(std::span<const Node> nodes, Place place, std::string_view wrapper = {});
    // Content of li and dd: inline, or blocks.
    std::string flow(const Node& node);
    void add_inline(std::vector<Piece>& pieces, const Node& node, Place place, std::size_t depth);
    void add_all(std::vector<Piece>& pieces, std::span<const Node> nodes, Place place,
                 std::size_t depth);
    void add_emphasis(std::vector<Piece>& pieces, std::string_view name,
                      std::span<const Node> nodes, Place place, std::size_t depth);
    std::string picture(const Node& node, bool alone);

    const BodyContext& context_;
};

void add_text(std::vector<Piece>& pieces, std::string text) {
    pieces.push_back({.kind = Piece::Kind::kText, .text = std::move(text)});
}

void Writer::add_all(std::vector<Piece>& pieces, std::span<const Node> nodes, Place place,
                     std::size_t depth) {
    for (const Node& node : nodes) add_inline(pieces, node, place, depth);
}

void Writer::add_emphasis(std::vector<Piece>& pieces, std::string_view name,
                          std::span<const Node> nodes, Place place, std::size_t depth) {
    const std::size_t open = pieces.size();
    pieces.push_back({.kind = Piece::Kind::kOpen, .text = std::string(name), .depth = depth});
    add_all(pieces, nodes, place, depth + 1);
    pieces[open].partner = pieces.size();
    pieces.push_back({.kind = Piece::Kind::kClose, .text = std::string(name)});
}

void Writer::add_inline(std::vector<Piece>& pieces, const Node& node, Place place,
                        std::size_t depth) {
    const std::string_view name = node.token.name;
    if (node.is_text()) {
        add_text(pieces, escape_markdown_inline(node.text));
    } else if (name == "strong" || name == "em") {
        add_emphasis(pieces, name, node.children, place, depth);
    } else if (name == "br") {
        add_text(pieces, place == Place::kParagraph ? "\\\n" : "<br>");
    } else if (name == "img") {
        add_text(pieces, picture(node, false));
    } else if (name == "code" && std::ranges::all_of(node.children, &Node::is_text)) {
        const std::string code = text_of(node);
        if (!code.empty()) add_text(pieces, code_span(code, place));
    } else if (const std::string address = name == "a" ? node.attribute("href") : std::string();
               is_safe_link(address)) {
        // Behind a "!" it would be a picture.
        if (!pieces.empty() && pieces.back().text.ends_with('!')) {
            pieces.back().text.back() = '\\';
            pieces.back().text += '!';
        }
        add_text(pieces, "[");
        // The brackets part it from what stands outside, so its emphasis begins anew.
        std::vector<Piece> inner;
        add_all(inner, node.children, place, 0);
        add_text(pieces, join(inner));
        add_text(pieces, "](" + link_destination(address) + ")");
    } else if (is_kept_as_html(name)) {
        const std::string title = name == "abbr" ? node.attribute("title") : std::string();
        std::string tag = "<" + std::string(name);
        if (!title.empty()) {
            // Backslashes do nothing in a tag, but a table is cut at a bare "|".
            std::string value = html::escape_attribute(title);
            for (std::size_t i = 0; (i = value.find('|', i)) != std::string::npos;)
                value.replace(i, 1, "&#124;");
            tag += " title=\"" + value + "\"";
        }
        add_text(pieces, tag + ">");
        add_all(pieces, node.children, place, depth);
        add_text(pieces, "</" + std::string(name) + ">");
    } else if (is_block(node)) {
        add_text(pieces, " ");  // not article HTML; its words must not run together
        add_all(pieces, node.children, place, depth);
        add_text(pieces, " ");
    } else {
        add_all(pieces, node.children, place, depth);
    }
}

std::string Writer::line(std::span<const Node> nodes, Place place, std::string_view wrapper) {
    std::vector<Piece> pieces;
    if (wrapper.empty()) {
        add_all(pieces, nodes, place, 0);
    } else {
        add_emphasis(pieces, wrapper, nodes, place, 0);
    }
    const std::string joined = join(pieces);
    if (place == Place::kCell) return joined;
    std::string out;
    for (std::size_t begin = 0; begin < joined.size();) {
        const std::size_t end = std::min(joined.find('\n', begin), joined.size());
        if (begin > 0) out += '\n';
        out += escape_line_start(std::string_view(joined).substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

std::string Writer::picture(const Node& node, bool alone) {
    const std::string alt = node.attribute("alt");
    if (const Asset* asset = context_.picture(node.attribute("src")))
        return markdown_picture(alt, context_.to_root + asset_path(*asset));
    // The address of a data: URL's image leads nowhere.
    if (context_.shows_originals && !html::is_data_image_address(node.attribute("src")))
        return markdown_picture(alt, node.attribute("src"));
    if (!alone) return escape_markdown_inline(alt);
    return missing_picture(alt, context_);
}

std::string Writer::blocks(std::span<const Node> nodes) {
    std::string out;
    // Two lists in a row would be one, unless their signs differ.
    bool alternate = false;
    std::string_view before;
    for (const Node& node : nodes) {
        alternate = before == node.token.name && !alternate;
        before = node.token.name;
        const bool ordered = node.is("ol");
        const std::string made =
            block(node, ordered ? (alternate ? ')' : '.') : (alternate ? '*' : '-'));
        if (made.empty()) continue;
        if (!out.empty()) out += "\n\n";
        out += made;
    }
    return out;
}

std::string Writer::block(const Node& node, char list_mark) {
    const std::string_view name = node.token.name;
    if (name == "p") return line(node.children, Place::kParagraph);
    if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6')
        return heading(node);
    if (name == "ul" || name == "ol") return list(node, list_mark);
    if (name == "dl") return definitions(node);
    if (name == "blockquote") return quote(node);
    if (name == "pre") return code(node);
    if (name == "figure") return node.attribute("data-embed").empty() ? figure(node) : embed(node);
    if (name == "table") return table(node);
    if (name == "hr") return "---";
    return line({&node, 1}, Place::kParagraph);  // inline content outside of a block
}

std::string Writer::heading(const Node& node) {
    const auto level = static_cast<std::size_t>(node.token.name[1] - '0');
    std::vector<Piece> pieces;
    add_all(pieces, node.children, Place::kHeading, 0);
    return std::string(std::max<std::size_t>(level, 2), '#') + ' ' + join(pieces);
}

std::string indent(std::string_view text, std::string_view by) {
    std::string out;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (begin > 0) {
            out += '\n';
            if (end > begin) out += by;
        }
        out += text.substr(begin, end - begin);
        begin = end + 1;
    }
    return out;
}

// A paragraph and the list below it, which stay together in a "tight" list. Only a list that begins
// with 1 may follow a paragraph without a blank line.
bool is_tight(const Node& item) {
    return item.children.size() == 2 && item.children[0].is("p") &&
           (item.children[1].is("ul") ||
            (item.children[1].is("ol") && item.children[1].attribute("start").empty()));
}

std::string Writer::flow(const Node& node) {
    if (std::ranges::any_of(node.children, is_block)) {
        if (is_tight(node))
            return block(node.children[0], '-') + '\n' +
                   block(node.children[1], node.children[1].is("ol") ? '.' : '-');
        return blocks(node.children);
    }
    return line(node.children, Place::kParagraph);
}

std::string Writer::list(const Node& node, char mark) {
    std::string out;
    const bool loose = std::ranges::any_of(node.children, [](const Node& item) {
        return !is_tight(item) && std::ranges::count_if(item.children, is_block) > 1;
    });
    std::uint32_t number = 1;
    if (node.is("ol")) {
        const std::string start = node.attribute("start");
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(start.data(), start.data() + start.size(), value);
        // CommonMark reads at most nine digits; the last item must have no more.
        if (error == std::errc() && end == start.data() + start.size() && !start.empty() &&
            value < 900'000'000)
            number = value;
    }
    for (const Node& item : node.children) {
        const std::string content =
            item.is("li") ? flow(item) : line({&item, 1}, Place::kParagraph);
        const std::string sign =
            node.is("ol") ? fmt::format("{}{} ", number++, mark) : std::string{mark, ' '};
        if (!out.empty()) out += loose ? "\n\n" : "\n";
        out += sign + indent(content, std::string(sign.size(), ' '));
    }
    return out;
}

// Markdown has no definition lists that all Git hosts know: a term in bold, what it means below.
std::string Writer::definitions(const Node& node) {
    std::string out;
    for (const Node& child : node.children) {
        if (!out.empty()) out += "\n\n";
        if (child.is("dt")) {
            out += line(child.children, Place::kParagraph, "strong");
        } else {
            out += "- " + indent(flow(child), "  ");
        }
    }
    return out;
}

std::string Writer::quote(const Node& node) {
    const std::string content = blocks(node.children);
    std::string out;
    for (std::size_t begin = 0; begin <= content.size();) {
        const std::size_t end = std::min(content.find('\n', begin), content.size());
        if (begin > 0) out += '\n';
        out += end > begin ? "> " : ">";
        out += content.substr(begin, end - begin);
        begin = end + 1;
    }
    return out;
}

std::string Writer::code(const Node& node) {
    const std::string content = text_of(node);
    std::size_t longest = 2;
    std::size_t run = 0;
    for (const char c : content) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
    const std::string fence(longest + 1, '`');
    return fence + "\n" + content + (content.ends_with('\n') ? "" : "\n") + fence;
}

std::string Writer::figure(const Node& node) {
    std::string out;
    const auto next_line = [&out](const std::string& made) {
        if (made.empty()) return;
        if (!out.empty()) out += "\\\n";
        out += made;
    };
    for (const Node& child : node.children) {
        if (child.is("img")) next_line(escape_line_start(picture(child, true)));
        if (child.is("figcaption")) next_line(line(child.children, Place::kParagraph, "em"));
    }
    return out;
}

std::string Writer::embed(const Node& node) {
    const Node* link = child_named(node, "a");
    const Node* caption = child_named(node, "figcaption");
    std::string out =
        "> ▶ " + escape_markdown_inline(context_.text("embed_" + node.attribute("data-embed")));
    if (link != nullptr) out += ": " + line({link, 1}, Place::kHeading);
    if (caption != nullptr) out += "\\\n> " + line(caption->children, Place::kHeading, "em");
    return out;
}

// What blocks become in a cell, which holds one line: their text with <br> between them.
std::string Writer::cell_block(const Node& node, std::string_view mark) {
    if (node.is("pre")) {
        std::string code = text_of(node);
        if (code.ends_with('\n')) code.pop_back();
        return code.empty() ? "" : code_span(code, Place::kCell);
    }
    const bool holds_blocks = std::ranges::any_of(node.children, [](const Node& child) {
        return is_block(child) || child.is("li") || child.is("dt") || child.is("dd") ||
               child.is("figcaption") || child.is("img");
    });
    if (!holds_blocks || node.is("p")) {
        const bool is_part = is_block(node) || node.is("li") || node.is("dt") || node.is("dd") ||
                             node.is("figcaption");
        const std::string content =
            is_part ? line(node.children, Place::kCell) : line({&node, 1}, Place::kCell);
        return content.empty() ? "" : std::string(mark) + content;
    }
    std::string out;
    std::size_t number = 1;
    for (const Node& child : node.children) {
        std::string sign;
        if (node.is("ul")) sign = "• ";
        if (node.is("ol")) sign = fmt::format("{}\\. ", number++);
        const std::string made = cell_block(child, out.empty() ? std::string(mark) + sign : sign);
        if (made.empty()) continue;
        if (!out.empty()) out += "<br>";
        out += made;
    }
    return out;
}

std::string Writer::cell(const Node& node) {
    if (!std::ranges::any_of(node.children, is_block)) return line(node.children, Place::kCell);
    return cell_block(node, "");
}

std::size_t span_of(const Node& cell, std::string_view name) {
    const std::string text = cell.attribute(name);
    std::size_t value = 1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp<std::size_t>(value, 1, kMaxColumns);
}

// GFM tables are a plain grid: a cell over several columns or rows stands in its first, the others
// stay empty.
std::string Writer::table(const Node& node) {
    std::vector<std::vector<std::string>> rows;
    bool has_head = false;
    std::vector<std::size_t> covered;  // rows that a cell above still reaches down, by column
    std::size_t columns = 0;
    for (const Node& part : node.children) {
        if (!part.is("thead") && !part.is("tbody") && !part.is("tfoot")) continue;
        if (part.is("thead")) has_head = true;
        for (const Node& row : part.children) {
            std::vector<std::string> cells;
            const auto skip_covered = [&] {
                while (cells.size() < covered.size() && covered[cells.size()] > 0) {
                    --covered[cells.size()];
                    cells.emplace_back();
                }
            };
            for (const Node& child : row.children) {
                skip_covered();
                if (cells.size() >= kMaxColumns) {  // its words go to the last column
                    cells.back() += ' ' + cell(child);
                    continue;
                }
                const std::size_t width =
                    std::min(span_of(child, "colspan"), kMaxColumns - cells.size());
                const std::size_t height = span_of(child, "rowspan");
                if (covered.size() < cells.size() + width) covered.resize(cells.size() + width, 0);
                for (std::size_t i = 0; i < width; ++i) {
                    covered[cells.size()] = height - 1;
                    cells.push_back(i == 0 ? cell(child) : "");
                }
            }
            skip_covered();
            for (std::size_t i = cells.size(); i < covered.size(); ++i)
                if (covered[i] > 0) --covered[i];
            columns = std::max(columns, cells.size());
            rows.push_back(std::move(cells));
        }
    }
    if (rows.empty() || columns == 0) return {};
    const bool first_is_head =
        has_head || (child_named(node, "tbody") != nullptr &&
                     std::ranges::all_of(child_named(node, "tbody")->children.front().children,
                                         [](const Node& child) { return child.is("th"); }));
    if (!first_is_head) rows.insert(rows.begin(), std::vector<std::string>{});

    std::string out;
    if (const Node* caption = child_named(node, "caption"))
        out += line(caption->children, Place::kParagraph, "strong") + "\n\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0) out += '\n';
        for (std::size_t column = 0; column < columns; ++column) {
            out += "| ";
            if (column < rows[i].size() && !rows[i][column].empty()) out += rows[i][column] + ' ';
        }
        out += '|';
        if (i > 0) continue;
        out += '\n';
        for (std::size_t column = 0; column < columns; ++column) out += "| --- ";
        out += '|';
    }
    return out;
}

}  // namespace

std::string markdown_body(std::string_view article_html, const BodyContext& context) {
    const std::vector<Node> nodes = parse_body(article_html);
    std::string out = Writer(context).blocks(nodes);
    return out;
}

std::string missing_picture(std::string_view alt, const BodyContext& context) {
    std::string text = context.text("picture_missing");
    if (!alt.empty()) text += ": " + std::string(alt);
    return "🖼 " + markdown_emphasis(text);
}

std::string markdown_emphasis(std::string_view text) {
    std::vector<Piece> pieces(3);
    pieces[0] = {.kind = Piece::Kind::kOpen, .text = "em", .partner = 2};
    pieces[1] = {.kind = Piece::Kind::kText, .text = escape_markdown_inline(text)};
    pieces[2] = {.kind = Piece::Kind::kClose, .text = "em"};
    return join(pieces);
}

}  // namespace heliograph::render
