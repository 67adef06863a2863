// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/surroundings.h"

#include "base/utf8.h"

namespace heliograph::extract {
namespace {

using html::Node;

constexpr int kLinesBefore = 12;
constexpr int kLinesAfter = 60;
// Elements of a line of names and dates.
constexpr std::size_t kMaxPieces = 12;
// Nodes walked back from the headline to find the lines before it.
constexpr int kNodesBefore = 150;

// Where a walk begins that shall meet the lines before the headline: not with a page's menus.
Node start_before(Node headline, Node body) {
    if (!headline) return body.first_child();
    Node start = headline;
    for (int i = 0; i < kNodesBefore; ++i) {
        Node before = start.previous();
        if (before) {
            while (before.last_child() && !(before.is_element() && html::is_unseen(before.tag())))
                before = before.last_child();
        } else {
            before = start.parent();
        }
        if (!before || before == body || before == body.parent()) return body.first_child();
        start = before;
    }
    return start;
}

}  // namespace

std::vector<Line> lines_round(Node body, Node headline) {
    std::vector<Line> lines;
    if (!body) return lines;
    bool passed = !headline;
    int after = 0;
    const Node past_headline = headline ? headline.next_past(body) : Node{};
    Line line;
    std::string raw;
    std::vector<std::string_view> pieces;  // of the document, which does not change here
    const auto end_line = [&] {
        if (!line.node) return;
        // Cut where a limit was, it may end inside of a character.
        line.text = collapse_space(line.is_long ? to_valid_utf8(raw) : raw);
        // Most lines are one piece: they need no copy.
        if (!line.is_long && pieces.size() >= 2)
            for (const std::string_view piece : pieces)
                line.pieces.push_back(collapse_space(piece));
        if (!line.text.empty()) {
            if (passed) ++after;
            line.distance = after;
            lines.push_back(std::move(line));
            // Only the last few before the headline are kept.
            if (!passed && lines.size() > 2 * kLinesBefore)
                lines.erase(lines.begin(), lines.begin() + kLinesBefore);
        }
        line = {};
        raw.clear();
        pieces.clear();
    };
    for (Node node = start_before(headline, body); node && after < kLinesAfter;) {
        if (node == headline) {
            end_line();
            if (lines.size() > kLinesBefore) lines.erase(lines.begin(), lines.end() - kLinesBefore);
            for (std::size_t i = 0; i < lines.size(); ++i)
                lines[i].distance = static_cast<int>(i) - static_cast<int>(lines.size());
            passed = true;
            node = past_headline;
            continue;
        }
        if (node.is_text()) {
            const std::string_view text = node.text();
            if (!line.node && !trim(text).empty()) line.node = node.parent();
            if (line.node && raw.size() < kMaxLineBytes) {
                raw += first_bytes(text, kMaxLineBytes);
                if (pieces.size() < kMaxPieces && !trim(text).empty())
                    pieces.push_back(first_bytes(text, kMaxLineBytes));
            } else if (line.node && !trim(text).empty()) {
                line.is_long = true;
            }
            if (raw.size() >= kMaxLineBytes) line.is_long = true;
        } else if (node.is_element()) {
            if (html::is_unseen(node.tag())) {
                node = node.next_past(body);
                continue;
            }
            if (html::is_block(node.tag()) || node.tag() == LXB_TAG_BR)
                end_line();
            else
                raw += ' ';
        }
        // Leaving blocks ends a line as entering them does.
        if (!node.first_child()) {
            for (Node up = node; up && up != body && !up.next(); up = up.parent()) {
                if (up.parent() && up.parent() != body && up.parent().is_element() &&
                    html::is_block(up.parent().tag()))
                    end_line();
            }
            if (node.is_element() && html::is_block(node.tag())) end_line();
        }
        node = node.next_in(body);
    }
    end_line();
    return lines;
}

}  // namespace heliograph::extract
