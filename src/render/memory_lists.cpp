// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "render/renderer.h"

namespace heliograph::render {

MemoryLists::MemoryLists(std::span<const ArticleSummary> articles,
                         std::map<std::string, std::string> tag_names)
    : tag_names_(std::move(tag_names)) {
    for (const ArticleSummary& article : articles)
        for (ListKey& list : lists_of(article)) lists_[std::move(list)].push_back(&article);
}

std::size_t MemoryLists::size(const ListKey& list) const {
    const auto found = lists_.find(list);
    return found == lists_.end() ? 0 : found->second.size();
}

void MemoryLists::each(const ListKey& list, std::size_t skip, std::size_t count,
                       const Visit& visit) const {
    const auto found = lists_.find(list);
    if (found == lists_.end()) return;
    const auto& all = found->second;
    for (std::size_t i = skip; i < all.size() && i - skip < count; ++i) visit(*all[i]);
}

std::vector<std::chrono::sys_seconds> MemoryLists::times(const ListKey& list, std::size_t skip,
                                                         std::size_t count) const {
    std::vector<std::chrono::sys_seconds> out;
    const auto found = lists_.find(list);
    if (found == lists_.end()) return out;
    const auto& all = found->second;
    for (std::size_t i = skip; i < all.size() && i - skip < count; ++i)
        out.push_back(appeared(*all[i]));
    return out;
}

std::vector<std::string> MemoryLists::names(ListKind kind) const {
    std::vector<std::string> out;
    for (auto list = lists_.lower_bound({.kind = kind, .name = {}});
         list != lists_.end() && list->first.kind == kind; ++list)
        out.push_back(list->first.name);
    return out;
}

std::string MemoryLists::tag_name(const std::string& key) const {
    const auto found = tag_names_.find(key);
    return found == tag_names_.end() ? key : found->second;
}

}  // namespace heliograph::render
