// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/host_template.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace heliograph::extract {
namespace {

// A text of this weight is not written three times by chance; shorter ones ("Background", "He
// declined.") are. With shorter ones, and with texts on one other page only, articles lost text.
constexpr std::uint32_t kLongWeight = 40;
// Pages with other articles that must have it.
constexpr int kLeastPages = 2;
// The part in common from which two pages are one article.
constexpr double kSameArticle = 0.4;
// A page of which more than this would be taken is left alone.
constexpr double kMostTaken = 0.4;
// Pages that must be known before one can look unlike them. Of such a page less than this share of
// the shapes was seen before. So many in a row are a new design, fewer may be a special.
constexpr std::size_t kEnoughPages = 6;
constexpr double kFamiliar = 0.3;
constexpr int kUnlikeInARow = 3;
// Of one page; the longest live blogs have more.
constexpr std::size_t kMaxTexts = 400;
constexpr std::size_t kMaxShapes = 600;

std::uint64_t key_of(const PageTable& table, const Block& block) {
    // The text's hash has 32 bits; its weight and element make chance matches rare.
    return (std::uint64_t{block.hash} << 32U) | (std::uint64_t{block.weight} << 8U) |
           (static_cast<std::uint64_t>(table.rows[block.row].tag) & 0xFFU);
}

template <typename Number>
void tidy(std::vector<Number>& numbers, std::size_t most) {
    if (numbers.size() > most) numbers.resize(most);
    std::ranges::sort(numbers);
    const auto [first, last] = std::ranges::unique(numbers);
    numbers.erase(first, last);
}

bool has(const PageSketch& page, std::uint64_t key) {
    return std::ranges::binary_search(page.body, key) || std::ranges::binary_search(page.rest, key);
}

bool is_same_article(const PageSketch& a, const PageSketch& b) {
    const auto shared = static_cast<double>(std::ranges::count_if(
        a.body, [&](std::uint64_t key) { return std::ranges::binary_search(b.body, key); }));
    const std::size_t smaller = std::min(a.body.size(), b.body.size());
    return smaller > 0 && shared > kSameArticle * static_cast<double>(smaller);
}

template <typename Number>
void write_numbers(std::string& out, const std::vector<Number>& numbers) {
    char text[20];
    for (const Number number : numbers) {
        const auto end = std::to_chars(text, text + sizeof text, number, 36).ptr;
        out.append(text, end) += ' ';
    }
}

// False for what is no list of numbers.
template <typename Number>
bool read_numbers(std::string_view text, std::vector<Number>& numbers) {
    while (!text.empty()) {
        Number number = 0;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), number, 36);
        if (error != std::errc{} || end == text.data() + text.size() || *end != ' ') return false;
        numbers.push_back(number);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    }
    return std::ranges::is_sorted(numbers);
}

// Up to `mark`, which is taken off too.
std::string_view take_until(std::string_view& text, char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view out = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return out;
}

}  // namespace

std::string_view template_host(std::string_view host) {
    return host.starts_with("www.") ? host.substr(4) : host;
}

PageSketch sketch_of(const PageTable& table, const Selection& selection, std::string_view host) {
    PageSketch out;
    out.host = template_host(host);
    for (std::size_t b = 0; b < table.blocks.size(); ++b)
        if (table.blocks[b].weight >= kLongWeight)
            (selection.keep[b] ? out.body : out.rest).push_back(key_of(table, table.blocks[b]));
    for (const Row& row : table.rows) out.shapes.push_back(row.signature);
    std::ranges::sort(out.shapes);
    tidy(out.body, kMaxTexts);
    tidy(out.rest, kMaxTexts);
    const auto [first, last] = std::ranges::unique(out.shapes);
    out.shapes.erase(first, last);
    tidy(out.shapes, kMaxShapes);
    return out;
}

bool HostTemplate::looks_unlike(const PageSketch& page) const {
    std::size_t enough = 0;
    for (const PageSketch& learned : pages_) enough += learned.is_unlike ? 0 : 1;
    if (enough < kEnoughPages) return false;
    const auto known = std::ranges::count_if(page.shapes, [&](std::uint32_t shape) {
        return std::ranges::any_of(pages_, [&](const PageSketch& learned) {
            return !learned.is_unlike && std::ranges::binary_search(learned.shapes, shape);
        });
    });
    return static_cast<double>(known) < kFamiliar * static_cast<double>(page.shapes.size());
}

bool HostTemplate::learn(PageSketch page) {
    if (page.body.empty()) return false;
    page.host.clear();
    std::erase_if(pages_, [&](const PageSketch& known) { return is_same_article(page, known); });
    page.is_unlike = looks_unlike(page);
    pages_.push_back(std::move(page));
    if (pages_.size() > kMaxPages) pages_.erase(pages_.begin());
    if (pages_.size() < std::size_t{kUnlikeInARow} ||
        !std::all_of(pages_.end() - kUnlikeInARow, pages_.end(),
                     [](const PageSketch& last) { return last.is_unlike; }))
        return false;
    for (PageSketch& known : pages_) known.is_unlike = false;
    return true;
}

std::size_t HostTemplate::take_from(const PageTable& table, Selection& selection) const {
    struct Text {
        std::size_t block;
        std::uint64_t key;
        int pages = 0;
    };
    std::vector<Text> texts;
    double all = 0;
    for (std::size_t b = 0; b < table.blocks.size(); ++b) {
        if (!selection.keep[b]) continue;
        all += table.blocks[b].weight;
        if (table.blocks[b].weight >= kLongWeight)
            texts.push_back({.block = b, .key = key_of(table, table.blocks[b])});
    }
    for (const PageSketch& page : pages_) {
        double shared = 0;
        for (const Text& text : texts)
            if (has(page, text.key)) shared += table.blocks[text.block].weight;
        if (shared > kSameArticle * all) continue;
        for (Text& text : texts)
            if (has(page, text.key)) ++text.pages;
    }
    double taken = 0;
    std::erase_if(texts, [](const Text& text) { return text.pages < kLeastPages; });
    for (const Text& text : texts) taken += table.blocks[text.block].weight;
    if (taken > kMostTaken * all) return 0;
    for (const Text& text : texts) selection.keep[text.block] = false;
    return texts.size();
}

// Numbers to the base 36, a space behind each; the three lists of a page with ';' between; a '!'
// before those of a page that is unlike the others.
std::string HostTemplate::write() const {
    std::string out;
    for (const PageSketch& page : pages_) {
        if (page.is_unlike) out += '!';
        write_numbers(out, page.body);
        out += ';';
        write_numbers(out, page.rest);
        out += ';';
        write_numbers(out, page.shapes);
        out += '\n';
    }
    return out;
}

HostTemplate HostTemplate::read(std::string_view text) {
    HostTemplate out;
    while (!text.empty() && out.pages_.size() < kMaxPages) {
        std::string_view line = take_until(text, '\n');
        PageSketch page;
        page.is_unlike = line.starts_with('!');
        if (page.is_unlike) line.remove_prefix(1);
        if (!read_numbers(take_until(line, ';'), page.body) ||
            !read_numbers(take_until(line, ';'), page.rest) || !read_numbers(line, page.shapes))
            return {};
        out.pages_.push_back(std::move(page));
    }
    return out;
}

}  // namespace heliograph::extract
