// SPDX-License-Identifier: GPL-3.0-or-later
// The bounds of a mirror's size, over random histories. That what left stays away is tested in
// build_test.cpp.
#include "pipeline/retention.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "support/temporary_directory.h"

namespace heliograph::pipeline {
namespace {

using std::chrono::hours;

// Enough that each bound bites.
constexpr int kRuns = 15;
constexpr std::uint64_t kMegabyte = std::uint64_t{1} << 20U;

struct Kept {
    std::string id;
    store::Time appeared;
};

class History {
  public:
    explicit History(unsigned seed) : random_(seed), store_(folder_.path()) {}

    store::Store& store() { return store_; }
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

    // Articles of any size and any day of the last sixty, in no order.
    void add(store::Time now) {
        store_.transaction([&] {
            for (unsigned left = below(9); left > 0; --left) {
                Article article;
                article.id = fmt::format("id{:08}", next_++);
                article.url = article.canonical_url = "https://a.example/" + article.id;
                article.title = article.id;
                for (unsigned words = below(9'000); words > 0; --words)
                    article.body += fmt::format("{:08x} ", random_());
                article.captured = now;
                article.published = DateTime{.utc = now - hours{below(60 * 24)}, .offset = {}};
                store_.save_article(article, {.packed_page = "x", .pictures = {}, .excerpt = {}});
            }
        });
    }

    // Newest first, as the store would have them stay.
    std::vector<Kept> articles() {
        std::vector<Kept> out;
        auto ids = store_.surplus({}, 0, 1);  // all, the oldest first
        std::ranges::reverse(ids);
        for (const std::string& id : ids) {
            const auto article = store_.article(id);
            out.push_back({id, article->published->utc});
        }
        return out;
    }

  private:
    test::TemporaryDirectory folder_;
    std::mt19937 random_;
    store::Store store_;
    unsigned next_ = 0;
};

TEST(Retention, KeepsTheNewestThatFitAndNoFewerInAnyHistory) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    History history(seed);
    store::Time now{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    std::set<std::string> gone;
    for (int run = 0; run < kRuns; ++run) {
        now += hours{history.below(48)};
        history.add(now);
        Config config;
        // Each bound is off now and then.
        if (history.below(3) > 0) config.retention.days = 20 + static_cast<int>(history.below(40));
        if (history.below(3) > 0)
            config.retention.articles = 20 + static_cast<int>(history.below(60));
        if (history.below(3) > 0)
            config.retention.megabytes = 1 + static_cast<int>(history.below(2));
        const Retention& bounds = config.retention;
        const std::vector<Kept> before = history.articles();
        const std::size_t left = retain(config, history.store(), now);
        const std::vector<Kept> after = history.articles();
        ASSERT_EQ(left, before.size() - after.size());

        // What stays is the beginning of what was: the newest.
        for (std::size_t i = 0; i < after.size(); ++i) {
            EXPECT_EQ(after[i].id, before[i].id);
            EXPECT_FALSE(gone.contains(after[i].id));
        }
        for (std::size_t i = after.size(); i < before.size(); ++i) {
            gone.insert(before[i].id);
            EXPECT_TRUE(history.store().tombstone_of("https://a.example/" + before[i].id))
                << before[i].id;
        }
        // It fits each bound.
        const auto bytes = static_cast<std::uint64_t>(bounds.megabytes) * kMegabyte;
        EXPECT_TRUE(bytes == 0 || history.store().surplus({}, 0, bytes).empty());
        EXPECT_TRUE(bounds.articles == 0 ||
                    after.size() <= static_cast<std::size_t>(bounds.articles));
        const auto oldest = now - std::chrono::days{bounds.days};
        for (const Kept& one : after)
            EXPECT_TRUE(bounds.days == 0 || one.appeared >= oldest) << one.id;
        EXPECT_EQ(retain(config, history.store(), now), 0U);
        // The newest that left was beyond a bound.
        if (left == 0) continue;
        const bool was_too_old = bounds.days > 0 && before[after.size()].appeared < oldest;
        const bool was_too_many =
            bounds.articles > 0 && after.size() == static_cast<std::size_t>(bounds.articles);
        EXPECT_TRUE(was_too_old || was_too_many || bytes > 0);
    }
    EXPECT_FALSE(gone.empty());
}

}  // namespace
}  // namespace heliograph::pipeline
