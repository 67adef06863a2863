// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/place.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace heliograph::pipeline {
namespace {

// One transaction an article would wait for the disk each time, and lists lie in another order than
// articles: the more at once, the fewer parts of their table are written again and again. One for
// all would hold a large mirror's first placing in memory; this many are some 10 MB.
constexpr std::size_t kArticlesPerTransaction = 10'000;
constexpr const char* kSetting = "placed for";

// Of all that decides where articles belong.
std::string fingerprint_of(const Config& config) {
    Fingerprint all;
    for (const Section& section : config.mirror.sections) all.add(section.key);
    for (const Source& source : config.sources)
        all.add(source.url).add(source.name).add(source.section);
    return all.hex();
}

class Placing {
  public:
    Placing(const Config& config, store::Store& store) : store_(store) {
        for (const Section& section : config.mirror.sections) sections_.insert(section.key);
        // Sources that left the configuration: their articles stay where they were.
        for (const store::SourceState& source : store.sources())
            former_sections_[source.url] = source.section;
        for (const Source& source : config.sources) sources_[source.url] = &source;
    }

    void place(std::span<const std::string> ids) {
        std::vector<ArticleSummary> articles;
        for (const std::string& id : ids) {
            if (auto article = with_sections(id))
                articles.push_back(*std::move(article));
            else
                store_.remove_place(id);
        }
        store_.place(articles);
    }

  private:
    // nullopt when there is no such article any more.
    std::optional<ArticleSummary> with_sections(const std::string& id) {
        auto article = store_.summary(id);
        if (!article) return std::nullopt;
        std::set<std::string> sections;
        bool named = false;
        for (const std::string& url : store_.sources_of(id)) {
            const auto source = sources_.find(url);
            if (source == sources_.end()) {
                const auto former = former_sections_.find(url);
                if (former != former_sections_.end() && sections_.contains(former->second))
                    sections.insert(former->second);
                continue;
            }
            sections.insert(source->second->section);
            if (!std::exchange(named, true)) article->publisher = source->second->name;
        }
        article->sections.assign(sections.begin(), sections.end());
        return article;
    }

    store::Store& store_;
    std::set<std::string> sections_;
    std::map<std::string, std::string> former_sections_;
    std::map<std::string, const Source*> sources_;
};

}  // namespace

void place_articles(const Config& config, store::Store& store) {
    const std::string now = fingerprint_of(config);
    if (store.setting(kSetting) != now) {
        store.transaction([&] {
            store.unplace_all();
            store.set_setting(kSetting, now);
        });
    }
    const std::vector<std::string> waiting = store.unplaced();
    if (waiting.empty()) return;
    Placing placing(config, store);
    for (std::span<const std::string> rest = waiting; !rest.empty();) {
        const auto some = rest.first(std::min(kArticlesPerTransaction, rest.size()));
        store.transaction([&] { placing.place(some); });
        rest = rest.subspan(some.size());
    }
}

}  // namespace heliograph::pipeline
