// SPDX-License-Identifier: GPL-3.0-or-later
// A mirror of made-up articles, as large as a benchmark wants it.
#pragma once

#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "model/config.h"
#include "pipeline/article_id.h"
#include "store/store.h"

namespace heliograph::bench {

inline constexpr int kSections = 12;
inline constexpr int kSources = 24;
inline constexpr unsigned kSeed = 20261124;
// The newest article of the generated year.
inline const store::Time kEnd{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

inline Config config_of() {
    Config config;
    config.mirror.title = "Bench mirror";
    for (int i = 0; i < kSections; ++i)
        config.mirror.sections.push_back(
            {.key = fmt::format("s{}", i), .name = fmt::format("Section {}", i)});
    for (int i = 0; i < kSources; ++i) {
        Source source;
        source.name = fmt::format("Publisher {}", i);
        source.url = fmt::format("https://p{}.example/feed.xml", i);
        source.section = fmt::format("s{}", i % kSections);
        config.sources.push_back(source);
    }
    Target target;
    target.name = "bench";
    target.base_url = "https://mirror.example/";
    config.targets.push_back(target);
    return config;
}

// Made-up words of two to eleven letters; the frequent ones are short, as in any language.
class Prose {
  public:
    explicit Prose(unsigned seed) : random_(seed) {
        for (int i = 0; i < 4000; ++i) {
            std::string word;
            const int length = 2 + i * 9 / 4000 + below(2);
            while (static_cast<int>(word.size()) < length) {
                word += "bcdfghklmnprstvw"[below(16)];
                word += "aeiou"[below(5)];
            }
            words_.push_back(word.substr(0, static_cast<std::size_t>(length)));
        }
    }
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
    std::string sentence(int words) {
        std::string out;
        for (int i = 0; i < words; ++i) {
            const int rank = below(4000) * below(4000) / 4000;  // small numbers more often
            out += (i > 0 ? " " : "") + words_[static_cast<std::size_t>(rank)];
        }
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
        return out;
    }
    std::string body() {
        std::string out;
        for (int paragraph = 4 + below(7); paragraph > 0; --paragraph) {
            if (below(5) == 0) out += "<h2>" + sentence(4) + "</h2>\n";
            out += "<p>";
            for (int i = 2 + below(4); i > 0; --i) out += sentence(8 + below(16)) + ". ";
            out += "</p>\n";
        }
        return out;
    }

  private:
    std::mt19937 random_;
    std::vector<std::string> words_;
};

inline void add_article(store::Store& store, Prose& prose, int number, store::Time time) {
    const int source = prose.below(kSources);
    const std::string url = fmt::format("https://p{}.example/{}", source, number);
    Article article;
    article.id = pipeline::make_article_id(url, [](const std::string&) { return false; });
    article.url = article.canonical_url = url;
    article.publisher = fmt::format("Publisher {}", source);
    article.title = prose.sentence(6 + prose.below(8));
    article.authors = {prose.sentence(2)};
    article.published = DateTime{.utc = time, .offset = {}, .has_time = true};
    article.captured = time + std::chrono::minutes{7};
    article.language = "en";
    article.body = prose.body();
    for (int i = prose.below(5); i > 0; --i)
        article.tags.push_back(fmt::format("Topic {}", prose.below(40) * prose.below(40)));
    store.discover(url, fmt::format("https://p{}.example/feed.xml", source), {}, article.captured);
    store.save_article(
        article, {.packed_page = "-", .pictures = {}, .excerpt = article.body.substr(3, 200)});
    store::LedgerRow row = *store.address(url);
    row.fate = Fate::kPublished;
    row.article = article.id;
    row.next_attempt.reset();
    store.save_address(row);
}

// A store with `count` articles spread over the year before kEnd.
inline void fill(store::Store& store, Prose& prose, int count) {
    const auto step = std::chrono::seconds{std::chrono::days{365}} / std::max(count, 1);
    for (int i = 0; i < count;) {
        store.transaction([&] {
            for (const int end = std::min(i + 2000, count); i < end; ++i)
                add_article(store, prose, i, kEnd - std::chrono::days{365} + step * i);
        });
    }
}

}  // namespace heliograph::bench
