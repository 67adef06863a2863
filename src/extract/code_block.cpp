// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/code_block.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"
#include "extract/short_words.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

using html::Node;
using html::Tag;

// Bytes of a class attribute that are looked at.
constexpr std::size_t kMaxClassBytes = 300;
// Nodes of one piece of code in which line numbers are looked for; what comes after is text.
constexpr std::size_t kMaxNodes = 200'000;
// Rows of a table that are searched for line numbers.
constexpr int kMaxCellsLookedAt = 200;
// Bytes of the text of a copy button.
constexpr std::size_t kMaxButtonBytes = 40;
// Elements between code at the end of an article and the text above it.
constexpr int kMaxLevelsToText = 4;

// Names of what is never part of the text round it.
constexpr Names kForeign = kNav | kFoot | kSide | kRelated | kComment | kAd | kTags | kConsent |
                           kHiddenName | kNewsletter | kAuthor;

enum ClassSign : std::uint8_t {
    kLine = 1,    // one line of code
    kNumber = 2,  // line numbers
    kCopy = 4,    // a button
};

// Returns the ClassSign bits of the words of a class attribute.
unsigned signs_of(std::string_view names) {
    static const WordList numbers(
        "gutter|linenos|lineno|linenodiv|linenumber|linenumbers|lineindex|lnt|ln|lnum|linenum");
    static const WordList number_words("number|numbers|no|nos|num|nums|index|counter|n");
    static const WordList copies("copy|clipboard|toolbar|btn|button|copybtn|tooltip");
    names = names.substr(0, kMaxClassBytes);
    unsigned signs = 0;
    std::string before;
    for_each_word_of_names(names, [&](std::size_t begin, std::size_t end) {
        std::string word = ascii_lower(names.substr(begin, end - begin));
        if (word == "line" || word == "row") signs |= kLine;
        if (numbers.contains(word)) signs |= kNumber;
        if (copies.contains(word)) signs |= kCopy;
        const bool is_number =
            (before == "line" || before == "ln" || before == "blob" || before == "row") &&
            number_words.contains(word);
        if (is_number) signs = (signs & ~static_cast<unsigned>(kLine)) | kNumber;
        before = std::move(word);
    });
    return signs;
}

bool is_pre(Tag tag) { return tag == LXB_TAG_PRE || tag == LXB_TAG_LISTING || tag == LXB_TAG_XMP; }

bool is_blank(std::string_view text) { return trim(text).empty(); }

// Whether an element is one of several <code> that follow each other and are a line each.
bool is_code_of_a_line(Node node) {
    if (node.tag() != LXB_TAG_CODE || !node.parent() || !is_pre(node.parent().tag())) return false;
    const auto is_code = [](Node beside) {
        return beside && beside.is_element() && beside.tag() == LXB_TAG_CODE;
    };
    return is_code(node.previous()) || is_code(node.next());
}

class CodeReader {
  public:
    std::string read(Node root) {
        root_ = root;
        for (Node node = root.first_child(); node;) {
            if (node.is_text()) {
                add_text(node);
            } else if (node.is_element()) {
                if (node.tag() == LXB_TAG_BR) {
                    out_ += '\n';
                } else if (is_left_out(node)) {
                    node = node.next_past(root);
                    continue;
                } else if (is_line(node)) {
                    begin_line(node);
                }
            }
            node = node.next_in(root);
        }
        while (out_.ends_with('\n') || out_.ends_with(' ')) out_.pop_back();
        return std::move(out_);
    }

  private:
    static bool is_line(Node node) {
        switch (node.tag()) {
            case LXB_TAG_DIV:
            case LXB_TAG_LI:
            case LXB_TAG_P:
            case LXB_TAG_TR:
                return true;
            case LXB_TAG_CODE:
            case LXB_TAG_SPAN:
                break;
            default:
                return node.has_attribute("data-line");
        }
        return (signs_of(node.class_name()) & kLine) != 0 || node.has_attribute("data-line") ||
               is_code_of_a_line(node);
    }

    // Whether the text of an element is digits alone, or comes from an attribute by a style sheet.
    bool is_digits_only(Node element) {
        bool has_digits = element.has_attribute("data-line-number");
        for (Node node = element.first_child(); node; node = node.next_in(element)) {
            if (++nodes_ > kMaxNodes) return false;
            if (node.is_text() &&
                node.text().find_first_not_of("0123456789 \t\r\n|:.") != std::string_view::npos)
                return false;
            has_digits = has_digits || (node.is_text() && !is_blank(node.text()));
        }
        return has_digits;
    }

    bool is_left_out(Node node) {
        if (html::is_unseen(node.tag()) || node.tag() == LXB_TAG_BUTTON) return true;
        const unsigned signs = signs_of(node.class_name());
        const bool is_cell = node.tag() == LXB_TAG_TD || node.tag() == LXB_TAG_TH;
        const bool is_number = (signs & kNumber) != 0 || node.has_attribute("data-line-number") ||
                               (is_cell && has_cell_behind(node));
        if (is_number && is_digits_only(node)) return true;
        return (signs & kCopy) != 0 && node.text_content().size() <= kMaxButtonBytes &&
               node != root_.first_child();
    }

    static bool has_cell_behind(Node cell) {
        for (Node node = cell.next(); node; node = node.next())
            if (node.is_element()) return node.tag() == LXB_TAG_TD;
        return false;
    }

    void begin_line(Node node) {
        const bool follows_line = last_line_parent_ && node.parent() == last_line_parent_;
        const bool is_new = follows_line
                                ? !std::string_view(out_).substr(line_begin_).ends_with('\n')
                                : !out_.empty() && !out_.ends_with('\n');
        if (is_new) out_ += '\n';
        line_begin_ = out_.size();
        last_line_parent_ = node.parent();
    }

    void add_text(Node node) {
        const std::string_view text = node.text();
        const Node before = node.previous();
        if (before && before.is_element() && is_line(before) && is_blank(text)) {
            // What parts the elements of two lines is one line feed at most.
            if (text.contains('\n') && !out_.ends_with('\n')) out_ += '\n';
            if (text.contains('\n') && std::string_view(out_).substr(line_begin_).empty())
                out_ += '\n';
            return;
        }
        if (before && before.is_element() && html::is_block(before.tag()) && is_line(before) &&
            !out_.empty() && !out_.ends_with('\n') && !text.starts_with('\n'))
            out_ += '\n';
        for (const char c : text)
            if (c != '\r') out_ += c;
    }

    Node root_;
    std::string out_;
    std::size_t line_begin_ = 0;
    Node last_line_parent_;
    std::size_t nodes_ = 0;
};

bool is_hidden(const PageTable& table, std::uint32_t r) {
    for (; r != kNoRow; r = table.rows[r].parent)
        if (table.rows[r].is_hidden) return true;
    return false;
}

}  // namespace

bool is_code_table(Node table) {
    int cells = 0;
    for (Node node = table.first_child(); node && cells < kMaxCellsLookedAt;
         node = node.next_in(table)) {
        if (!node.is_element() || node.tag() != LXB_TAG_TD) continue;
        ++cells;
        if ((signs_of(node.class_name()) & kNumber) != 0 || node.has_attribute("data-line-number"))
            return true;
        // The table of a highlighter whose two cells have one name.
        if (node.class_name() == "lntd") return true;
    }
    return false;
}

std::string code_text(Node code) { return CodeReader().read(code); }

void keep_code(const PageTable& table, std::vector<bool>& keep) {
    const auto first = std::ranges::find(keep, true);
    if (first == keep.end()) return;
    std::vector<std::uint32_t> kept_before(keep.size() + 1, 0);
    std::uint32_t first_kept = 0;
    std::uint32_t last_kept = 0;
    for (std::uint32_t b = 0; b < keep.size(); ++b) {
        kept_before[b + 1] = kept_before[b] + (keep[b] ? 1 : 0);
        if (keep[b]) last_kept = b;
    }
    first_kept = static_cast<std::uint32_t>(first - keep.begin());
    const auto kept = [&](const Row& row) {
        return kept_before[row.end_block] - kept_before[row.first_block];
    };
    for (std::uint32_t r = 0; r < table.rows.size(); ++r) {
        const Row& row = table.rows[r];
        const bool is_code =
            is_pre(row.tag) || (row.tag == LXB_TAG_TABLE && is_code_table(row.node));
        if (!is_code || row.first_block == row.end_block) continue;
        bool stays = kept(row) > 0;
        if (!stays && !is_hidden(table, r)) {
            const bool is_between = row.first_block > first_kept && row.end_block <= last_kept;
            int levels = 0;
            bool is_foreign = false;
            std::uint32_t outer = row.parent;
            for (; outer != kNoRow && kept(table.rows[outer]) == 0;
                 outer = table.rows[outer].parent) {
                ++levels;
                is_foreign = is_foreign || (table.rows[outer].names & kForeign) != 0 ||
                             table.rows[outer].tag == LXB_TAG_ASIDE ||
                             table.rows[outer].tag == LXB_TAG_FOOTER;
            }
            is_foreign = is_foreign || (row.names & kForeign) != 0;
            // At the end of the article, in the element that the text stands in.
            const bool is_in_text =
                outer != kNoRow && levels <= kMaxLevelsToText &&
                table.rows[outer].tag != LXB_TAG_BODY && row.first_block > first_kept &&
                kept_before[row.first_block] > kept_before[table.rows[outer].first_block];
            stays = !is_foreign && (is_between || is_in_text);
        }
        if (!stays) continue;
        std::fill(keep.begin() + row.first_block, keep.begin() + row.end_block, true);
        r = row.end - 1;
    }
}

}  // namespace heliograph::extract
