// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/site_rules.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "extract/byline_text.h"
#include "extract/date_text.h"
#include "html/select.h"

namespace heliograph::extract {
namespace {

using html::Node;

// A selector that matches a whole page must not make its text the title.
constexpr std::size_t kMaxTitleCodePoints = 500;
// Nothing that is shown apart from the text is longer; about two hundred English words.
constexpr std::uint32_t kMaxApartWeight = 1'000;

const Evidence kEvidence = {.source = "site rule", .confidence = 1};

void set_blocks(const Row& row, Selection& selection, bool is_kept) {
    std::fill(selection.keep.begin() + row.first_block, selection.keep.begin() + row.end_block,
              is_kept);
}

}  // namespace

RuledPage::RuledPage(const SiteRules* rules, html::Document& page)
    : rules_(rules), page_(page), matches_(rules != nullptr ? rules->rules.size() : 0) {
    for (std::size_t i = 0; i < matches_.size(); ++i) {
        if (rules_->rules[i].kind != SiteRuleKind::kDrop) continue;
        for (const Node node : match(i)) page_.remove(node);
    }
}

std::vector<Node> RuledPage::match(std::size_t rule) {
    auto nodes = html::select(page_.root(), rules_->rules[rule].selector);
    if (!nodes) return {};  // whoever read the rules has said so
    // A rule for one part of a page that names all of it is a mistake.
    std::erase_if(*nodes, [](Node node) {
        return node.tag() == LXB_TAG_HTML || node.tag() == LXB_TAG_HEAD ||
               node.tag() == LXB_TAG_BODY;
    });
    matches_[rule] = static_cast<std::uint32_t>(nodes->size());
    return *std::move(nodes);
}

std::vector<Node> RuledPage::find(SiteRuleKind kind) {
    for (std::size_t i = 0; i < matches_.size(); ++i) {
        if (rules_->rules[i].kind != kind) continue;
        if (std::vector<Node> nodes = match(i); !nodes.empty()) return nodes;
    }
    return {};
}

void RuledPage::fill(Metadata& metadata) {
    for (const Node node : find(SiteRuleKind::kTitle)) {
        std::string title = shorten(node.text_content(), kMaxTitleCodePoints);
        if (title.empty()) continue;
        metadata.title = std::move(title);
        metadata.title_node = node;
        metadata.evidence["title"] = kEvidence;
        break;
    }
    std::vector<std::string> authors;
    Node byline;
    for (const Node node : find(SiteRuleKind::kAuthor)) {
        const std::string_view content = node.attribute(LXB_DOM_ATTR_CONTENT);
        append(authors,
               names_in_byline(content.empty() ? node.text_content() : std::string(content),
                               Origin::kMetadata));
        if (!byline) byline = node;
    }
    if (!authors.empty()) {
        metadata.authors = std::move(authors);
        metadata.byline_node = byline;
        metadata.evidence["authors"] = kEvidence;
    }
    for (const Node node : find(SiteRuleKind::kDate)) {
        std::string text(trim(node.attribute("datetime")));
        if (text.empty()) text = trim(node.attribute(LXB_DOM_ATTR_CONTENT));
        auto time = parse_date_time(text);
        if (!time) {
            if (text.empty()) text = node.text_content();
            if (const auto found = find_date(text, date_order(metadata.language, metadata.url.host),
                                             metadata.language))
                time = found->time;
        }
        if (!time) continue;
        metadata.published = time;
        metadata.evidence["published"] = kEvidence;
        break;
    }
}

bool RuledPage::choose(const PageTable& table, const Metadata& metadata, Selection& selection) {
    std::vector<std::uint32_t> kept;
    for (const Node node : find(SiteRuleKind::kKeep))
        if (const std::uint32_t r = table.row_of(node); r != kNoRow) kept.push_back(r);
    const auto has_content = [&](std::uint32_t kept_row) {
        const Row& row = table.rows[kept_row];
        return table.weight(row) > 0 ||
               std::any_of(table.rows.begin() + kept_row, table.rows.begin() + row.end,
                           [](const Row& inner) { return inner.tag == LXB_TAG_IMG; });
    };
    if (std::ranges::none_of(kept, has_content)) return false;
    selection.keep.assign(selection.keep.size(), false);
    selection.dropped_rows.assign(selection.dropped_rows.size(), true);
    std::uint32_t root = kept.front();
    for (const std::uint32_t r : kept) {
        set_blocks(table.rows[r], selection, true);
        for (std::uint32_t inner = r; inner < table.rows[r].end; ++inner)
            selection.dropped_rows[inner] = false;
        for (std::uint32_t outer = r; outer != kNoRow; outer = table.rows[outer].parent)
            selection.dropped_rows[outer] = false;
        while (!table.contains(root, r)) root = table.rows[root].parent;
    }
    for (const Node node : {metadata.title_node, metadata.byline_node, metadata.standfirst_node}) {
        const std::uint32_t r = table.row_of(node);
        if (r != kNoRow && table.weight(table.rows[r]) <= kMaxApartWeight &&
            std::ranges::find(kept, r) == kept.end())
            set_blocks(table.rows[r], selection, false);
    }
    selection.root = root;
    selection.confidence = 1;
    return true;
}

}  // namespace heliograph::extract
