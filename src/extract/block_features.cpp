// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/block_features.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <string>
#include <unordered_map>

#include "base/utf8.h"
#include "extract/phrases.h"

namespace heliograph::extract {
namespace {

using html::Tag;

// Distances beyond this are as good as infinite.
constexpr std::uint32_t kFar = 60;

// Blocks judged on both sides of one that may be text.
constexpr std::uint32_t kNear = 6;

// Blocks of one page that are judged; the longest articles have 2,000.
constexpr std::size_t kMaxJudged = 20'000;

// Bytes of a block that are looked at for signs and phrases.
constexpr std::size_t kReadBytes = 160;

// A block lighter than this may be a line that tells when something was written.
constexpr std::uint32_t kClockWeight = 80;

// How many blocks before and after one are searched for such lines.
constexpr std::size_t kClockReach = 8;

// Names of an element and of those round it.
constexpr std::size_t kNameBits = 25;

enum Group : std::uint8_t {
    kListItem,
    kTableCell,
    kQuote,
    kAside,
    kFigure,
    kForm,
    kHeaderTag,
    kFooterTag,
    kNavTag,
    kSection,
    kArticle,
    kMain,
    kHiddenRow,
    kBodyProperty,
    kGroups
};

int group_of(const Row& row) {
    switch (row.tag) {
        case LXB_TAG_LI:
        case LXB_TAG_DD:
        case LXB_TAG_DT:
            return kListItem;
        case LXB_TAG_TD:
        case LXB_TAG_TH:
            return kTableCell;
        case LXB_TAG_BLOCKQUOTE:
            return kQuote;
        case LXB_TAG_ASIDE:
            return kAside;
        case LXB_TAG_FIGURE:
        case LXB_TAG_FIGCAPTION:
            return kFigure;
        case LXB_TAG_FORM:
            return kForm;
        case LXB_TAG_HEADER:
            return kHeaderTag;
        case LXB_TAG_FOOTER:
            return kFooterTag;
        case LXB_TAG_NAV:
            return kNavTag;
        case LXB_TAG_SECTION:
            return kSection;
        case LXB_TAG_ARTICLE:
            return kArticle;
        case LXB_TAG_MAIN:
            return kMain;
        default:
            return -1;
    }
}

// Ordered from text to what is none, so that one cut divides them.
float rank_of(Tag tag) {
    switch (tag) {
        case LXB_TAG_P:
            return 0;
        case LXB_TAG_PRE:
            return 1;
        case LXB_TAG_BLOCKQUOTE:
            return 2;
        case LXB_TAG_LI:
            return 3;
        case LXB_TAG_DD:
        case LXB_TAG_DT:
            return 4;
        case LXB_TAG_TD:
        case LXB_TAG_TH:
            return 5;
        case LXB_TAG_DIV:
            return 6;
        case LXB_TAG_SECTION:
        case LXB_TAG_ARTICLE:
        case LXB_TAG_MAIN:
            return 7;
        case LXB_TAG_H1:
            return 12;
        case LXB_TAG_H2:
            return 11;
        case LXB_TAG_H3:
            return 10;
        case LXB_TAG_H4:
        case LXB_TAG_H5:
        case LXB_TAG_H6:
            return 9;
        case LXB_TAG_FIGCAPTION:
            return 14;
        default:
            return 8;
    }
}

// What the first or last words of a block stand in.
float inline_rank(Tag tag) {
    switch (tag) {
        case LXB_TAG_A:
            return 1;
        case LXB_TAG_B:
        case LXB_TAG_STRONG:
            return 2;
        case LXB_TAG_I:
        case LXB_TAG_EM:
            return 3;
        case LXB_TAG_TIME:
            return 4;
        case LXB_TAG_SPAN:
            return 5;
        case LXB_TAG_FONT:
            return 6;
        case LXB_TAG_SMALL:
            return 7;
        default:
            return 0;
    }
}

// Signs at the beginning and end of a text.
struct Signs {
    float first = 0;
    float last = 0;
    float bars = 0;     // | · • / between parts
    float year = 0;     // 19xx or 20xx in it
    float address = 0;  // @ or ://
    float copyright = 0;
    float by = 0;
    float colon_at = 0;  // how far in the first colon is
    float bracketed = 0;
    float words = 0;
};

float kind_of(char32_t c) {
    if (c >= '0' && c <= '9') return 1;
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x400 && c <= 0x42F))
        return 2;
    if (c >= 'a' && c <= 'z') return 3;
    if (c == '"' || c == U'“' || c == U'«' || c == U'„' || c == U'”' || c == U'»' || c == U'「' ||
        c == U'」' || c == '\'' || c == U'‘' || c == U'’')
        return 4;
    if (c == '.' || c == '!' || c == '?' || c == U'。' || c == U'！' || c == U'？' || c == U'।')
        return 5;
    if (c == ':' || c == U'：') return 6;
    if (c == U'…') return 7;
    if (c == '(' || c == '[' || c == U'（' || c == U'【' || c == ')' || c == ']' || c == U'）' ||
        c == U'】')
        return 8;
    if (c == '-' || c == U'–' || c == U'—' || c == U'•' || c == U'·' || c == U'►' || c == U'■' ||
        c == '>' || c == '*')
        return 9;
    if (c == '@' || c == '#' || c == U'©') return 10;
    if (c < 0x80) return 11;
    return is_cjk(c) ? 12 : 3;
}

Signs read_signs(std::string_view text) {
    Signs signs;
    char32_t previous = 0;
    std::size_t count = 0;
    bool in_word = false;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t at = i;
        const char32_t c = next_code_point(text, i);
        if (count == 0) signs.first = kind_of(c);
        ++count;
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
            if (!in_word) ++signs.words;
            in_word = true;
            previous = c;
            continue;
        }
        if (is_space(c)) {
            in_word = false;
            continue;
        }
        if (!in_word) ++signs.words;
        in_word = true;
        if (c == '|' || c == U'·' || c == U'•' || c == '/' || c == U'｜') ++signs.bars;
        if (c == '@' || (c == ':' && text.substr(at).starts_with("://"))) signs.address = 1;
        if (c == U'©' || c == U'®') signs.copyright = 1;
        if ((c == ':' || c == U'：') && signs.colon_at == 0)
            signs.colon_at = static_cast<float>(count);
        if ((c == '1' || c == '2') &&
            (text.substr(at).starts_with("19") || text.substr(at).starts_with("20")) &&
            !(previous >= '0' && previous <= '9') && at + 4 <= text.size() && text[at + 2] >= '0' &&
            text[at + 2] <= '9' && text[at + 3] >= '0' && text[at + 3] <= '9')
            signs.year = 1;
        previous = c;
    }
    signs.last = kind_of(previous);
    if (signs.last == 5 && text.ends_with("...")) signs.last = 7;
    signs.bracketed = signs.first == 8 && signs.last == 8 ? 1 : 0;
    signs.by =
        text.starts_with("By ") || text.starts_with("BY ") || text.starts_with("by ") ? 1 : 0;
    return signs;
}

// Distances, in elements up, from a row to the nearest that has a name or a tag.
struct Distances {
    std::array<std::uint8_t, kNameBits> names;
    std::array<std::uint8_t, kGroups> groups;
};
constexpr std::uint8_t kNever = 30;

Distances distances_of(const PageTable& table, std::uint32_t r) {
    Distances found;
    found.names.fill(kNever);
    found.groups.fill(kNever);
    const auto note = [&found](int group, std::uint8_t distance) {
        std::uint8_t& nearest = found.groups[static_cast<std::size_t>(group)];
        nearest = std::min(nearest, distance);
    };
    Names seen = 0;
    for (std::uint8_t distance = 0; distance < kNever && r != kNoRow; ++distance) {
        const Row& row = table.rows[r];
        for (Names names = row.names & ~seen; names != 0; names &= names - 1)
            found.names[static_cast<std::size_t>(std::countr_zero(names))] = distance;
        seen |= row.names;
        if (const int group = group_of(row); group >= 0) note(group, distance);
        if (row.is_hidden) note(kHiddenRow, distance);
        if (row.is_body_property) note(kBodyProperty, distance);
        r = row.parent;
    }
    return found;
}

// How often a signature is on the page, up to a hundred times. Of two that fall into one slot the
// sum is told.
class Counts {
  public:
    void add(std::uint32_t hash) {
        std::uint8_t& slot = slots_[hash * 2654435761U >> 20];
        if (slot < 100) ++slot;
    }
    [[nodiscard]] float of(std::uint32_t hash) const { return slots_[hash * 2654435761U >> 20]; }

  private:
    std::array<std::uint8_t, 4096> slots_{};
};

float capped(std::uint32_t distance) { return static_cast<float>(std::min(distance, kFar)); }

// Bounds of what the classifier sees. A tree has no idea of numbers beyond those it was trained on,
// so a long article must look like the longest ones of the training: every sum over a page stops
// here, and the rest of the features are shares, ranks or capped distances.
constexpr double kMaxSum = 8'000;  // weight of a report of 1,300 English words
constexpr double kMaxBlockWeight = 1'500;
constexpr double kMaxCount = 60;  // blocks, links, images, times
constexpr double kMaxDepth = 30;
constexpr double kMaxTimesMean = 20;  // a block's weight beside the mean of its place

double at_most(double value, double limit) { return std::min(value, limit); }

float ratio(double part, double whole) { return whole <= 0 ? 0 : static_cast<float>(part / whole); }

// All that is the same for every block of the page, or runs along with them.
class Reader {
  public:
    Reader(const PageTable& table, const Clues& clues, const Selection& rules)
        : table_(table),
          clues_(clues),
          rules_(rules),
          root_(table.rows[rules.root]),
          folded_title_(fold(clues.title)) {
        for (const Row& row : table.rows) signatures_.add(row.signature);
        for (const Block& block : table.blocks) texts_.add(block.hash);
        const auto blocks = static_cast<std::uint32_t>(table.blocks.size());
        read_places();
        read_clocks();
        // Where the most prose stands side by side.
        std::vector<std::uint32_t> own_prose(table.rows.size(), 0);
        for (const Block& block : table.blocks)
            if (is_prose(block)) {
                const Row& row = table.rows[block.row];
                own_prose[row.parent == kNoRow || !is_leaf(row.tag) ? block.row : row.parent] +=
                    block.weight;
            }
        main_parent_ =
            static_cast<std::uint32_t>(std::ranges::max_element(own_prose) - own_prose.begin());
        previous_prose_.resize(blocks + 1, kFar);
        next_prose_.resize(blocks + 1, kFar);
        previous_heading_.resize(blocks, kFar);
        since_kept_.resize(blocks, kFar);
        until_kept_.resize(blocks, kFar);
        first_kept_ = blocks;
        for (std::uint32_t b = 0; b < blocks; ++b) {
            if (b > 0) {
                const Block& before = table.blocks[b - 1];
                previous_prose_[b] = is_prose(before) ? 1 : previous_prose_[b - 1] + 1;
                previous_heading_[b] =
                    is_heading(table.rows[before.row].tag) ? 1 : previous_heading_[b - 1] + 1;
                since_kept_[b] = rules.keep[b - 1] ? 1 : since_kept_[b - 1] + 1;
            }
            if (rules.keep[b]) {
                first_kept_ = std::min(first_kept_, b);
                last_kept_ = b;
            }
        }
        for (std::uint32_t b = blocks; b-- > 0;) {
            if (b + 1 == blocks) continue;
            next_prose_[b] = is_prose(table.blocks[b + 1]) ? 1 : next_prose_[b + 1] + 1;
            until_kept_[b] = rules.keep[b + 1] ? 1 : until_kept_[b + 1] + 1;
        }
        if (const std::uint32_t r = table.row_of(clues.title_node); r != kNoRow)
            title_block_ = table.rows[r].first_block;
        kept_before_.resize(blocks + 1, 0);
        images_before_.reserve(table.rows.size() + 1);
        std::uint32_t images = 0;
        for (const Row& row : table.rows) {
            images_before_.push_back(images);
            if (row.tag == LXB_TAG_IMG || row.tag == LXB_TAG_PICTURE || row.tag == LXB_TAG_IFRAME ||
                row.tag == LXB_TAG_VIDEO)
                ++images;
            if (row.tag == LXB_TAG_ARTICLE) ++articles_;
        }
        images_before_.push_back(images);
        for (std::uint32_t b = 0; b < blocks; ++b)
            kept_before_[b + 1] = kept_before_[b] + (rules.keep[b] ? table.blocks[b].weight : 0);
    }

    Features read(std::uint32_t b) {
        const Block& block = table_.blocks[b];
        const Row& row = table_.rows[block.row];
        Features out{};
        std::size_t n = 0;
        const auto put = [&](double value) {
            assert(n < kFeatures);
            out[n++] = static_cast<float>(value);
        };
        const std::string text = table_.text_of(block, kReadBytes);
        const std::string folded = block.weight < 200 ? fold(text) : std::string();
        const Signs signs = read_signs(text);
        const double weight = std::max(block.weight, 1U);
        // The block itself.
        put(at_most(block.weight, kMaxBlockWeight));
        put(block.link_share());
        put(block.strong_weight / weight);
        put(at_most(block.commas, kMaxCount));
        put(at_most(block.stops, kMaxCount));
        put(block.digits / weight);
        put(block.capitals / weight);
        put(block.ends_with_stop);
        put(block.is_after_break);
        put(is_prose(block));
        put(signs.first);
        put(signs.last);
        put(signs.bars);
        put(signs.year);
        put(signs.address);
        put(signs.copyright);
        put(signs.by);
        put(signs.colon_at);
        put(signs.bracketed);
        put(signs.words);
        put(at_most(block.end_text - block.first_text, kMaxCount));
        put(rank_of(row.tag));
        put(texts_.of(block.hash));
        const bool tail = !folded.empty() && block.weight < 80 && begins_tail(folded);
        put(tail);
        put(!folded.empty() && is_interjection(folded));
        put(!folded.empty() && !folded_title_.empty() &&
            (folded == folded_title_ ||
             (folded.size() > 15 &&
              (folded_title_.starts_with(folded) || folded.starts_with(folded_title_)))));
        // What is round it.
        put(at_most(row.depth, kMaxDepth));
        if (block.row != distances_row_) {
            distances_ = distances_of(table_, block.row);
            distances_row_ = block.row;
        }
        for (const std::uint8_t d : distances_.groups) put(d);
        for (const std::uint8_t d : distances_.names) put(d);
        std::uint32_t r = block.row;
        for (int level = 0; level < 4; ++level) {
            const Row& outer = table_.rows[r];
            put(table_.link_share(outer));
            put(at_most(table_.weight(outer), kMaxSum));
            put(at_most(outer.end_block - outer.first_block, kMaxCount));
            put(ratio(table_.prose(outer), table_.weight(outer)));
            put(signatures_.of(outer.signature));
            put(ratio(b - outer.first_block, outer.end_block - outer.first_block));
            if (outer.parent != kNoRow) r = outer.parent;
        }
        put(at_most(images_before_[table_.rows[r].end] - images_before_[r], kMaxCount));
        // Where it stands for what the rules chose.
        const bool inside = root_.first_block <= b && b < root_.end_block;
        put(inside);
        put(rules_.keep[b]);
        put(rules_.dropped_rows[block.row]);
        put(capped(since_kept_[b]));
        put(capped(until_kept_[b]));
        put(std::clamp(static_cast<double>(b) - first_kept_, -kMaxCount, kMaxCount));
        put(std::clamp(static_cast<double>(last_kept_) - b, -kMaxCount, kMaxCount));
        put(ratio(kept_before_[b], kept_before_.back()));
        put(at_most(kept_before_.back() - kept_before_[b + 1], kMaxSum));
        put(steps_to(block.row, rules_.root));
        put(steps_to(block.row, main_parent_));
        put(static_cast<double>(row.depth) - table_.rows[main_parent_].depth);
        put(static_cast<double>(row.depth) - root_.depth);
        put(at_most(kept_before_.back(), kMaxSum));
        put(ratio(table_.prose(root_), table_.prose_before.back()));
        // Where it stands on the page.
        put(ratio(b, static_cast<double>(table_.blocks.size())));
        put(ratio(table_.prose_before[b], table_.prose_before.back()));
        put(at_most(table_.prose_before.back(), kMaxSum));
        put(capped(previous_prose_[b]));
        put(capped(next_prose_[b]));
        put(capped(previous_heading_[b]));
        constexpr double kFarBlocks = kFar;
        constexpr double kNoHeadline = 3 * kFarBlocks;
        put(title_block_ == kNoRow
                ? kNoHeadline
                : std::clamp(static_cast<double>(b) - title_block_, -kFarBlocks, 2 * kFarBlocks));
        put(at_most(articles_, kMaxCount));
        put(at_most(
            images_before_[block.row] - images_before_[b == 0 ? 0 : table_.blocks[b - 1].row],
            kMaxCount));
        put(b + 1 == table_.blocks.size()
                ? 0
                : at_most(static_cast<double>(images_before_[table_.blocks[b + 1].row]) -
                              images_before_[block.row],
                          kMaxCount));
        put(capped(b - std::min(b, last_tail_)));
        put(at_most(tails_, kMaxCount));
        // What others say of it.
        put(clues_.body.empty() ? -1 : is_in_body(text, block.weight));
        put(is_under(block.row, clues_.byline_node));
        put(is_under(block.row, clues_.standfirst_node));
        // What stands in places like its own.
        const Place& place = places_[place_of_[b]];
        put(at_most(place.blocks, kMaxCount));
        put(ratio(place.prose, table_.prose_before.back()));
        put(ratio(place.link_weight, place.weight));
        put(at_most(ratio(block.weight, ratio(place.weight, place.blocks)), kMaxTimesMean));
        put(inline_rank(table_.texts[block.first_text].parent().tag()));
        put(inline_rank(table_.texts[block.end_text - 1].parent().tag()));
        put(clock_[b]);
        put(clocks_before_[b] - clocks_before_[b - std::min<std::size_t>(b, kClockReach)]);
        put(clocks_before_[std::min(b + 1 + kClockReach, table_.blocks.size())] -
            clocks_before_[b + 1]);
        put(at_most(clocks_before_[b], kMaxCount));
        // Its neighbours.
        for (const int offset : {-2, -1, 1, 2}) {
            const std::int64_t other = static_cast<std::int64_t>(b) + offset;
            if (other < 0 || other >= static_cast<std::int64_t>(table_.blocks.size())) {
                for (int i = 0; i < 6; ++i) put(-1);
                continue;
            }
            const auto o = static_cast<std::size_t>(other);
            const Block& neighbour = table_.blocks[o];
            put(at_most(neighbour.weight, kMaxBlockWeight));
            put(neighbour.link_share());
            put(rank_of(table_.rows[neighbour.row].tag));
            put(rules_.keep[o]);
            put(steps_to(block.row, neighbour.row));
            put(table_.rows[neighbour.row].signature == row.signature);
        }
        assert(n == kFeatures);
        if (tail && inside) {
            last_tail_ = b;
            ++tails_;
        }
        return out;
    }

  private:
    // All blocks whose three innermost elements look the same.
    struct Place {
        std::uint32_t blocks = 0;
        std::uint32_t weight = 0;
        std::uint32_t link_weight = 0;
        std::uint32_t prose = 0;
    };

    // Short lines with a time of day: comments and lists of other articles have them. What the
    // rules keep is not counted, for the entries of a live blog have them too.
    void read_clocks() {
        const std::size_t blocks = table_.blocks.size();
        clock_.resize(blocks, 0);
        clocks_before_.resize(blocks + 1, 0);
        for (std::size_t b = 0; b < blocks; ++b) {
            const Block& block = table_.blocks[b];
            if (!rules_.keep[b] && block.weight < kClockWeight && block.digits >= 3) {
                const std::string text = table_.text_of(block, kReadBytes);
                for (std::size_t i = 1; i + 2 < text.size(); ++i)
                    if (text[i] == ':' && is_digit(text[i - 1]) && is_digit(text[i + 1]) &&
                        is_digit(text[i + 2]))
                        clock_[b] = 1;
            }
            clocks_before_[b + 1] = clocks_before_[b] + clock_[b];
        }
    }

    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    void read_places() {
        std::unordered_map<std::uint64_t, std::uint32_t> known;
        place_of_.reserve(table_.blocks.size());
        for (const Block& block : table_.blocks) {
            const auto [at, is_new] = known.try_emplace(table_.place_of(block),
                                                        static_cast<std::uint32_t>(places_.size()));
            if (is_new) places_.emplace_back();
            Place& place = places_[at->second];
            ++place.blocks;
            place.weight += block.weight;
            place.link_weight += block.link_weight;
            if (is_prose(block)) place.prose += block.weight;
            place_of_.push_back(at->second);
        }
    }

    static bool is_leaf(Tag tag) {
        return tag == LXB_TAG_P || tag == LXB_TAG_LI || tag == LXB_TAG_PRE ||
               tag == LXB_TAG_BLOCKQUOTE || is_heading(tag);
    }

    // Elements up from `from` until one that holds `to`.
    [[nodiscard]] double steps_to(std::uint32_t from, std::uint32_t to) const {
        std::uint32_t steps = 0;
        while (from != kNoRow && !table_.contains(from, to)) {
            from = table_.rows[from].parent;
            ++steps;
        }
        return std::min(steps, 20U);
    }

    [[nodiscard]] bool is_under(std::uint32_t row, html::Node node) const {
        const std::uint32_t r = table_.row_of(node);
        return r != kNoRow && table_.contains(r, row);
    }

    // Whether the first words stand in the text that the page gives for machines.
    [[nodiscard]] double is_in_body(std::string_view text, std::uint32_t weight) const {
        if (weight < 20) return 0.5;
        std::size_t end = std::min<std::size_t>(text.size(), 40);
        while (end > 0 && end < text.size() &&
               (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end;
        return clues_.body.find(text.substr(0, end)) != std::string_view::npos ? 1 : 0;
    }

    const PageTable& table_;
    const Clues& clues_;
    const Selection& rules_;
    const Row& root_;
    Distances distances_{};
    std::uint32_t distances_row_ = kNoRow;
    std::string folded_title_;
    Counts signatures_;
    Counts texts_;
    std::vector<std::uint8_t> clock_;  // by block
    std::vector<std::uint32_t> clocks_before_;
    std::vector<Place> places_;
    std::vector<std::uint32_t> place_of_;  // by block
    std::uint32_t main_parent_ = 0;
    std::vector<std::uint32_t> previous_prose_;
    std::vector<std::uint32_t> next_prose_;
    std::vector<std::uint32_t> previous_heading_;
    std::vector<std::uint32_t> since_kept_;
    std::vector<std::uint32_t> until_kept_;
    std::vector<std::uint32_t> kept_before_;
    std::vector<std::uint32_t> images_before_;  // by row
    std::uint32_t first_kept_ = 0;
    std::uint32_t last_kept_ = 0;
    std::uint32_t title_block_ = kNoRow;
    std::uint32_t articles_ = 0;
    std::uint32_t last_tail_ = 0;
    std::uint32_t tails_ = 0;
};

}  // namespace

std::vector<std::uint32_t> blocks_to_judge(const PageTable& table, const Selection& rules) {
    const auto count = static_cast<std::uint32_t>(table.blocks.size());
    std::vector<std::uint32_t> out;
    std::uint32_t next = 0;  // the first block not looked at yet
    for (std::uint32_t b = 0; b < count; ++b) {
        if (!rules.keep[b] && !is_prose(table.blocks[b])) continue;
        const std::uint32_t begin = std::max(next, b - std::min(b, kNear));
        next = std::min(b + kNear + 1, count);
        for (std::uint32_t near = begin; near < next; ++near) out.push_back(near);
        if (out.size() > kMaxJudged) break;
    }
    return out;
}

std::vector<Features> block_features(const PageTable& table, const Clues& clues,
                                     const Selection& rules,
                                     const std::vector<std::uint32_t>& blocks) {
    std::vector<Features> out;
    out.reserve(blocks.size());
    Reader reader(table, clues, rules);
    for (const std::uint32_t b : blocks) out.push_back(reader.read(b));
    return out;
}

}  // namespace heliograph::extract
