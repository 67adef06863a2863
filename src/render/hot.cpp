// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/hot.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <set>
#include <string>

#include "base/utf8.h"

namespace heliograph::render {
namespace {

// How much newer a story counts.
constexpr std::chrono::hours kForAPublisher{36};
constexpr std::chrono::hours kForAPick{72};
// Titles of one story share at least this part of all their words.
constexpr double kSameStory = 0.4;
// Shorter titles ("Weather", "Live") are no story.
constexpr std::size_t kMinWords = 3;
// Letters of a word that counts: "the" and "in" are in every title.
constexpr std::size_t kMinWordLetters = 4;

// The words of a title; of Chinese and Japanese, which have no spaces, each two neighbouring
// characters.
std::set<std::string> words_of(std::string_view title) {
    std::set<std::string> words;
    std::string word;
    std::size_t letters = 0;
    std::string before;  // the CJK character before this one
    const auto end_word = [&] {
        if (letters >= kMinWordLetters) words.insert(word);
        word.clear();
        letters = 0;
    };
    const std::string text = ascii_lower(title);
    for (std::size_t position = 0; position < text.size();) {
        const std::size_t begin = position;
        const char32_t c = next_code_point(text, position);
        const std::string character = text.substr(begin, position - begin);
        const bool is_ascii_letter = (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9');
        if (is_cjk(c)) {
            end_word();
            if (!before.empty()) words.insert(before + character);
            before = character;
            continue;
        }
        before.clear();
        if (is_ascii_letter || (c > 0x7F && !is_space(c))) {
            word += character;
            ++letters;
        } else {
            end_word();
        }
    }
    end_word();
    return words;
}

bool is_same_story(const std::set<std::string>& a, const std::set<std::string>& b) {
    if (a.size() < kMinWords || b.size() < kMinWords) return false;
    std::size_t shared = 0;
    for (const std::string& word : a) shared += b.contains(word) ? 1 : 0;
    const std::size_t all = a.size() + b.size() - shared;
    return static_cast<double>(shared) >= kSameStory * static_cast<double>(all);
}

}  // namespace

std::vector<ArticleSummary> rank_hot(std::span<const ArticleSummary> newest,
                                     std::span<const ArticleSummary> picks, std::size_t count) {
    std::vector<std::set<std::string>> words;
    words.reserve(newest.size());
    for (const ArticleSummary& article : newest) words.push_back(words_of(article.title));
    // Each article's story is named by the first article that has it.
    std::vector<std::size_t> story(newest.size());
    std::iota(story.begin(), story.end(), std::size_t{0});
    std::vector<std::set<std::string>> publishers(newest.size());
    for (std::size_t i = 0; i < newest.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (story[k] != k || !is_same_story(words[i], words[k])) continue;
            story[i] = k;
            break;
        }
        publishers[story[i]].insert(newest[i].publisher);
    }

    struct Ranked {
        std::chrono::sys_seconds counts_as;
        std::size_t index;
    };
    std::vector<Ranked> ranked;
    for (std::size_t i = 0; i < newest.size(); ++i) {
        const bool is_pick =
            std::ranges::find(picks, newest[i].id, &ArticleSummary::id) != picks.end();
        const auto others = static_cast<int>(publishers[story[i]].size()) - 1;
        ranked.push_back({.counts_as = appeared(newest[i]) + others * kForAPublisher +
                                       (is_pick ? kForAPick : std::chrono::hours{0}),
                          .index = i});
    }
    std::ranges::stable_sort(ranked, std::greater{}, &Ranked::counts_as);

    std::vector<ArticleSummary> out;
    std::set<std::size_t> told;
    for (const Ranked& one : ranked) {
        if (out.size() == count) break;
        if (told.insert(story[one.index]).second) out.push_back(newest[one.index]);
    }
    return out;
}

}  // namespace heliograph::render
