// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/extract_properties.h"

#include <algorithm>
#include <map>
#include <utility>

namespace heliograph::test {

std::string_view name_of(Property property) {
    constexpr std::array<std::string_view, kProperties> kNames = {"length", "lists", "skeletons",
                                                                  "rewriting"};
    return kNames[static_cast<std::size_t>(property)];
}

Limits limits_of(Property property) {
    // Added text is counted against short articles too, where one leftover line weighs much; only
    // the property of skeletons limits it.
    switch (property) {
        case Property::kLength:
            return {.least_kept = 0.98, .most_added = 1};
        case Property::kLists:
            return {.least_kept = 1, .most_added = 1};
        case Property::kSkeletons:
            return {.least_kept = 1, .most_added = 0.03};
        case Property::kRewriting:
            return {.least_kept = 1, .most_added = 0.03};
    }
    return {};
}

Grid whole_grid(std::uint64_t seed, const std::filesystem::path& skeletons) {
    Grid grid{.seed = seed,
              .lengths = {5, 10, 20, 40, 80, 120, 160, 200, 250, 300, 400, 600, 1000, 3000},
              .languages = {},
              .orders = 5,
              .lists_per_cell = 4,
              .sample = 1,
              .skeletons = read_skeletons(skeletons)};
    for (const Language& language : languages()) grid.languages.push_back(language.tag);
    return grid;
}

Grid small_grid(std::uint64_t seed, const std::filesystem::path& skeletons) {
    Grid grid = whole_grid(seed, skeletons);
    grid.lengths = {5, 40, 200};
    grid.orders = 1;
    grid.lists_per_cell = 1;
    grid.sample = 2;
    grid.languages.clear();
    // Two languages a seed, one of an alphabet and one of another script.
    const auto all = languages();
    Random random(seed);
    grid.languages.push_back(all[random.below(3)].tag);
    grid.languages.push_back(all[random.between(3, all.size() - 1)].tag);
    return grid;
}

namespace {

const Language& language_of(std::string_view tag) {
    return *std::ranges::find(languages(), tag, &Language::tag);
}

constexpr std::array<std::string_view, 5> kOrders = {"as-is", "reversed", "short-first",
                                                     "long-first", "shuffled"};

// Puts the paragraphs of an article into another order; what stands between them stays.
void reorder(MadeUpArticle& article, std::size_t order, std::uint64_t seed) {
    std::vector<Piece*> places;
    for (Piece& piece : article.pieces)
        if (piece.kind == PieceKind::kParagraph) places.push_back(&piece);
    std::vector<Piece> paragraphs;
    for (const Piece* piece : places) paragraphs.push_back(*piece);
    const auto bytes = [](const Piece& piece) { return piece.lines[0].cells[0].size(); };
    Random random(seed);
    switch (order) {
        case 1:
            std::ranges::reverse(paragraphs);
            break;
        case 2:
            std::ranges::stable_sort(paragraphs, {}, bytes);
            break;
        case 3:
            std::ranges::stable_sort(paragraphs, std::ranges::greater(), bytes);
            break;
        case 4:
            random.shuffle(paragraphs);
            break;
        default:
            break;
    }
    for (std::size_t i = 0; i < places.size(); ++i) *places[i] = std::move(paragraphs[i]);
}

struct Form {
    std::string_view name;
    ArticleOptions options;
    bool has_breaks = false;
};
constexpr std::array<Form, 5> kForms = {{
    {"plain", {}, false},
    {"headings", {.heading_every = 10}, false},
    {"pictures", {.picture_every = 7}, false},
    {"lists", {.list_every = 9}, false},
    {"breaks", {}, true},
}};

// The article up to its paragraph number `paragraphs`.
MadeUpArticle beginning(const MadeUpArticle& article, std::size_t paragraphs) {
    MadeUpArticle out = article;
    std::size_t seen = 0;
    const auto end = std::ranges::find_if(out.pieces, [&](const Piece& piece) {
        return piece.kind == PieceKind::kParagraph && ++seen == paragraphs;
    });
    if (end != out.pieces.end()) out.pieces.erase(end + 1, out.pieces.end());
    return out;
}

void each_length(const Grid& grid, const std::function<void(const Case&)>& take) {
    std::size_t number = 0;
    for (const std::string_view tag : grid.languages) {
        const Language& language = language_of(tag);
        for (const Form& form : kForms) {
            ArticleOptions options = form.options;
            options.paragraphs = grid.lengths.back();
            const MadeUpArticle whole = make_article(language, grid.seed + number, options);
            for (std::size_t order = 0; order < grid.orders; ++order) {
                const Skeleton& chosen = grid.skeletons[number++ % grid.skeletons.size()];
                const Skeleton skeleton =
                    form.has_breaks ? chosen.with("paragraph", "{}<br><br>\n") : chosen;
                for (const std::size_t length : grid.lengths) {
                    Case one{
                        .name = {}, .group = {}, .article = beginning(whole, length), .page = {}};
                    reorder(one.article, order, grid.seed);
                    one.group = std::string(language.script) + " " + std::string(form.name) + " " +
                                std::string(kOrders[order]) + " in " + skeleton.name();
                    one.name = one.group + " n=" + std::to_string(length);
                    const auto markup = static_cast<ListMarkup>(number % kListMarkups);
                    one.page = skeleton.page(one.article, {}, markup, grid.seed);
                    take(one);
                }
            }
        }
    }
}

void each_list(const Grid& grid, const std::function<void(const Case&)>& take) {
    constexpr std::array<std::string_view, 3> kPlaces = {"begin", "middle", "end"};
    constexpr std::size_t kParagraphs = 8;
    std::size_t number = 0;
    for (const std::string_view tag : grid.languages) {
        const Language& language = language_of(tag);
        for (std::size_t kind = 0; kind < kListKinds; ++kind)
            for (std::size_t markup = 0; markup < kListMarkups; ++markup)
                for (std::size_t place = 0; place < kPlaces.size(); ++place)
                    for (std::size_t i = 0; i < grid.lists_per_cell; ++i) {
                        // A step that is coprime to the number of skeletons visits all of them.
                        const Skeleton& skeleton =
                            grid.skeletons[(number * 7) % grid.skeletons.size()];
                        const std::uint64_t seed = grid.seed + number++;
                        if (number % grid.sample != 0) continue;
                        TextMaker maker(language, seed);
                        Case one{.name = {}, .group = {}, .article = {}, .page = {}};
                        one.article.language = &language;
                        one.article.title = maker.headline();
                        one.article.author = maker.name();
                        for (std::size_t p = 0; p < kParagraphs; ++p)
                            one.article.pieces.push_back(
                                maker.paragraph(maker.random().between(1, 3)));
                        const auto at = one.article.pieces.begin() +
                                        static_cast<std::ptrdiff_t>(place * kParagraphs / 2);
                        one.article.pieces.insert(at, maker.list(static_cast<ListKind>(kind),
                                                                 maker.random().between(4, 24)));
                        one.name = std::string(language.script) + " " +
                                   std::string(name_of(static_cast<ListKind>(kind))) + " as " +
                                   std::string(name_of(static_cast<ListMarkup>(markup))) + " at " +
                                   std::string(kPlaces[place]) + " in " + skeleton.name();
                        one.group = one.name;
                        one.page =
                            skeleton.page(one.article, {}, static_cast<ListMarkup>(markup), seed);
                        take(one);
                    }
    }
}

struct NamedParts {
    std::string_view name;
    PageParts parts;
};
constexpr std::array<NamedParts, 7> kParts = {{
    {"alone", {}},
    {"with consent", {.consent = true}},
    {"with hidden", {.hidden = true}},
    {"with cards before", {.before = true}},
    {"with cards inside", {.inside = true}},
    {"with cards after", {.after = true}},
    {"with all", {.consent = true, .hidden = true, .before = true, .inside = true, .after = true}},
}};

MadeUpArticle usual_article(const Language& language, std::uint64_t seed) {
    constexpr ArticleOptions kOptions = {.paragraphs = 12,
                                         .max_sentences = 4,
                                         .heading_every = 5,
                                         .picture_every = 6,
                                         .list_every = 0,
                                         .quote_every = 8};
    return make_article(language, seed, kOptions);
}

void each_skeleton(const Grid& grid, const std::function<void(const Case&)>& take) {
    std::uint64_t seed = grid.seed;
    for (const std::string_view tag : grid.languages)
        for (const Skeleton& skeleton : grid.skeletons) {
            const Language& language = language_of(tag);
            ++seed;
            if (seed % grid.sample != 0) continue;
            for (const NamedParts& parts : kParts) {
                Case one{
                    .name = {}, .group = {}, .article = usual_article(language, seed), .page = {}};
                one.name = std::string(language.script) + " in " + skeleton.name() + " " +
                           std::string(parts.name);
                one.group = one.name;
                one.page = skeleton.page(one.article, parts.parts, ListMarkup::kUnordered, seed);
                take(one);
            }
        }
}

void each_rewriting(const Grid& grid, const std::function<void(const Case&)>& take) {
    std::uint64_t seed = grid.seed;
    for (const std::string_view tag : grid.languages)
        for (const Skeleton& skeleton : grid.skeletons) {
            const Language& language = language_of(tag);
            ++seed;
            if (seed % grid.sample != 0) continue;
            Case one{.name = {}, .group = {}, .article = usual_article(language, seed), .page = {}};
            one.group = std::string(language.script) + " in " + skeleton.name();
            one.name = one.group;
            const std::string page = skeleton.page(one.article, {.inside = true, .after = true},
                                                   ListMarkup::kUnordered, seed);
            one.page = page;
            take(one);
            for (std::size_t i = 0; i < kRewritings; ++i) {
                const auto rewriting = static_cast<Rewriting>(i);
                one.name = one.group + " " + std::string(name_of(rewriting));
                one.page = rewritten(page, rewriting, seed);
                take(one);
            }
        }
}

std::string percent(double share) {
    return std::to_string(static_cast<int>(share * 1000 + 0.5) / 10.0).substr(0, 5) + " %";
}

}  // namespace

void for_each_case(Property property, const Grid& grid,
                   const std::function<void(const Case&)>& take) {
    switch (property) {
        case Property::kLength:
            return each_length(grid, take);
        case Property::kLists:
            return each_list(grid, take);
        case Property::kSkeletons:
            return each_skeleton(grid, take);
        case Property::kRewriting:
            return each_rewriting(grid, take);
    }
}

Outcome check(Property property, const Grid& grid) {
    const Limits limits = limits_of(property);
    Outcome out;
    std::string group;
    std::size_t lines_before = 0;
    std::string text_before;
    for_each_case(property, grid, [&](const Case& one) {
        Measure measured = measure(one.article, one.page);
        ++out.cases;
        out.kept += measured.kept;
        out.added += measured.added;
        std::string reason;
        const auto fail = [&](const std::string& text) {
            reason += (reason.empty() ? "" : ", ") + text;
        };
        if (!measured.refusal.empty()) fail("refused: " + measured.refusal);
        if (measured.kept < limits.least_kept) fail("kept " + percent(measured.kept));
        if (measured.added > limits.most_added) fail("added " + percent(measured.added));
        if (!measured.is_in_order) fail("not in order");
        const bool is_same_group = one.group == group;
        if (property == Property::kLength && is_same_group && measured.kept_lines < lines_before)
            fail("fewer lines than of a shorter article");
        const bool changes_text = property == Property::kRewriting && is_same_group &&
                                  !one.name.ends_with(name_of(Rewriting::kOldTables)) &&
                                  measured.text != text_before;
        if (changes_text) fail("another text than before");
        lines_before = measured.kept_lines;
        if (!is_same_group) text_before = measured.text;
        group = one.group;
        if (!reason.empty()) {
            measured.text.clear();
            out.failures.push_back(
                {.name = one.name, .reason = std::move(reason), .measure = std::move(measured)});
        }
    });
    out.kept /= static_cast<double>(std::max<std::size_t>(out.cases, 1));
    out.added /= static_cast<double>(std::max<std::size_t>(out.cases, 1));
    return out;
}

}  // namespace heliograph::test
