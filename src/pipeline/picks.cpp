// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/picks.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"

namespace heliograph::pipeline {
namespace {

std::optional<ArticleSummary> find_article(const std::string& name, store::Store& store) {
    if (auto article = store.listed(name)) return article;
    if (const auto row = store.address(name); row && !row->article.empty())
        return store.listed(row->article);
    if (const auto id = store.article_id_of(name)) return store.listed(*id);
    return std::nullopt;
}

}  // namespace

std::vector<ArticleSummary> read_picks(const Config& config,
                                       const std::filesystem::path& config_directory,
                                       store::Store& store) {
    std::vector<ArticleSummary> picks;
    if (config.mirror.picks.empty()) return picks;
    const auto file = read_file_if_exists(config_directory / config.mirror.picks);
    if (!file) return picks;
    std::string_view rest = *file;
    while (!rest.empty() && picks.size() < kMaxPicks) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = trim(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty() || line.starts_with('#')) continue;
        line = line.substr(0, line.find_first_of(" \t"));
        const auto article = find_article(std::string(line), store);
        if (article && std::ranges::find(picks, article->id, &ArticleSummary::id) == picks.end())
            picks.push_back(*article);
    }
    return picks;
}

std::string fingerprint_of(std::span<const ArticleSummary> picks) {
    Fingerprint all;
    for (const ArticleSummary& article : picks) all.add(article.id).add(article.fingerprint);
    return all.hex();
}

}  // namespace heliograph::pipeline
