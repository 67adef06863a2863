// SPDX-License-Identifier: GPL-3.0-or-later
// Articles become the files of a mirror: a pure function of articles, configuration and theme.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/article.h"
#include "model/asset.h"
#include "model/config.h"
#include "model/file.h"
#include "model/list.h"
#include "model/tombstone.h"
#include "render/theme_files.h"

namespace heliograph::render {

// Pictures by the address they had at the publisher. An address that is not in it has no picture:
// the page shows a place holder with its alt text.
using Assets = std::map<std::string, Asset, std::less<>>;

// Takes each file as it is made.
using Sink = std::function<void(File)>;

// Entries of a full archive page. Archive pages are numbered from the oldest and hold exactly this
// many, so that one never changes again; an index shows what is not archived yet, and never fewer
// than one page of it.
inline constexpr std::size_t kArchivePageSize = 50;

// Articles of a sitemap; they are numbered from the oldest too.
inline constexpr std::size_t kSitemapSize = 1000;

// An article with all that its page shows beside it.
struct ArticleView {
    Article article;
    ArticleSummary summary;
    Assets assets;
    std::vector<Article> earlier;       // its earlier texts, oldest first
    std::set<std::string> linked_tags;  // keys of those of its tags that have pages
};

// Answers what is in which list. The same answers give the same pages.
class Lists {
  public:
    virtual ~Lists() = default;
    [[nodiscard]] virtual std::size_t size(const ListKey& list) const = 0;
    using Visit = std::function<void(const ArticleSummary& article)>;
    // At most `count` articles, newest first, after the `skip` newest.
    virtual void each(const ListKey& list, std::size_t skip, std::size_t count,
                      const Visit& visit) const = 0;
    [[nodiscard]] std::vector<ArticleSummary> part(const ListKey& list, std::size_t skip,
                                                   std::size_t count) const {
        std::vector<ArticleSummary> out;
        each(list, skip, count, [&out](const ArticleSummary& one) { out.push_back(one); });
        return out;
    }
    // When they appeared, of the same part.
    [[nodiscard]] virtual std::vector<std::chrono::sys_seconds> times(const ListKey& list,
                                                                      std::size_t skip,
                                                                      std::size_t count) const = 0;
    // Of the lists of one kind that are not empty, in order.
    [[nodiscard]] virtual std::vector<std::string> names(ListKind kind) const = 0;
    // A tag for people.
    [[nodiscard]] virtual std::string tag_name(const std::string& key) const = 0;
};

// Lists of articles that are all in memory. May be read from several threads.
class MemoryLists final : public Lists {
  public:
    // `articles` is sorted by newer_first and must outlive this. Tags without a name have their
    // key.
    MemoryLists(std::span<const ArticleSummary> articles,
                std::map<std::string, std::string> tag_names);
    [[nodiscard]] std::size_t size(const ListKey& list) const override;
    void each(const ListKey& list, std::size_t skip, std::size_t count,
              const Visit& visit) const override;
    [[nodiscard]] std::vector<std::chrono::sys_seconds> times(const ListKey& list, std::size_t skip,
                                                              std::size_t count) const override;
    [[nodiscard]] std::vector<std::string> names(ListKind kind) const override;
    [[nodiscard]] std::string tag_name(const std::string& key) const override;

  private:
    std::map<ListKey, std::vector<const ArticleSummary*>> lists_;
    std::map<std::string, std::string> tag_names_;
};

// Which pages of a list to render beside its index.
struct PagesToRender {
    std::size_t from = 1;         // this archive page and all newer ones; 1 is the oldest
    std::set<std::size_t> those;  // and these, if there are such
};

// What home and the other fronts show beside the lists.
struct FrontView {
    std::vector<ArticleSummary> picks;  // of the editors, in their order
    Assets assets;                      // lead images, at least those of newest() and the picks
};

// Makes the files of one target. Same arguments, same bytes, on every machine. May be used from
// several threads.
class Renderer {
  public:
    // Errors: kConfig for a theme or text that does not parse, naming file and line.
    [[nodiscard]] static Result<Renderer> open(const Mirror& mirror, const Target& target,
                                               const ThemeFiles& files = {});
    // The files of a look that the program brings beside its own; empty for an unknown name.
    [[nodiscard]] static ThemeFiles built_in_theme(std::string_view name);
    Renderer(Renderer&&) noexcept;
    Renderer& operator=(Renderer&&) noexcept;
    ~Renderer();

    // What an operator should know whose mirror is in a language without texts; empty when it is
    // not.
    [[nodiscard]] const std::string& missing_texts() const;

    // Changes whenever anything but the article itself would change an article's page: theme,
    // texts, configuration, this program's rendering.
    [[nodiscard]] const std::string& generation() const;
    // Changes with all that, and with what only lists and fronts show.
    [[nodiscard]] const std::string& site_generation() const;

    // Whether the page of an article that appeared then stands in this target: not in one of its
    // parts, or, when it is a part, within its period.
    [[nodiscard]] bool holds(std::chrono::sys_seconds appeared) const;
    // The page's path in the mirror: "articles/2026/11/k3v9x0q2ma.html".
    [[nodiscard]] std::string article_path(const ArticleSummary& article) const;
    // All files of the article: its page, those of its earlier texts and, for Markdown, their QR
    // pictures. So an unchanged article's files can be kept without rendering it, and those of one
    // that went can be removed.
    [[nodiscard]] std::vector<std::string> article_files(const ArticleSummary& article) const;
    void render_article(const ArticleView& view, const Sink& sink) const;

    // The one page of an article that left, where its page was.
    [[nodiscard]] std::string tombstone_path(const Tombstone& tombstone) const;
    void render_tombstone(const Tombstone& tombstone, const Sink& sink) const;

    // Whether a list of that size has pages at all.
    [[nodiscard]] bool has_pages(const ListKey& list, std::size_t size) const;
    // The archive pages of a list of that size: those full pages that its index does not show.
    [[nodiscard]] static std::size_t archived_pages(std::size_t size);
    // All files of a list of that size.
    [[nodiscard]] std::vector<std::string> list_files(const ListKey& list, std::size_t size) const;
    // REQUIRES: has_pages(list, lists.size(list)).
    void render_list(const ListKey& list, const Lists& lists, const PagesToRender& pages,
                     const Sink& sink) const;
    // Whether the list has feeds of its own, and how many of its newest articles they give.
    [[nodiscard]] static bool has_feeds(const ListKey& list);
    [[nodiscard]] static std::size_t feed_size();
    void render_feeds(const ListKey& list, std::span<const ArticleView> newest,
                      const Sink& sink) const;
    // Sitemaps, for HTML. Their pages hold more than those of lists: kSitemapSize articles each.
    [[nodiscard]] std::vector<std::string> sitemap_files(std::size_t articles) const;
    void render_sitemaps(const Lists& lists, const PagesToRender& pages, const Sink& sink) const;

    // How many of the newest articles the fronts look at.
    [[nodiscard]] static std::size_t front_size();
    // Home, what is hot, the index of the months, and the fixed files.
    void render_fronts(const Lists& lists, const FrontView& view, const Sink& sink) const;
    // What a part has beside its articles: a home that leads to the whole, and the fixed files.
    void render_part_front(const Sink& sink) const;
    // The index of the tags that have pages, and the folders in which it has pages of its own.
    [[nodiscard]] static std::vector<std::string> tag_index_folders();
    void render_tags(const Lists& lists, const Sink& sink) const;

  private:
    struct State;
    explicit Renderer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace heliograph::render
