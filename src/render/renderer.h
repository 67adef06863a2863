// SPDX-License-Identifier: GPL-3.0-or-later
// Articles become the files of a mirror: a pure function of articles, configuration and theme.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/article.h"
#include "model/asset.h"
#include "model/config.h"
#include "model/file.h"

namespace heliograph::render {

// Pictures by the address they had at the publisher. An address that is not in it has no picture:
// the page shows a place holder with its alt text.
using Assets = std::map<std::string, Asset, std::less<>>;

// Takes each file as it is made.
using Sink = std::function<void(File)>;

// Makes the files of one target. Same arguments, same bytes, on every machine.
class Renderer {
  public:
    // Errors: kConfig for a theme or text that does not parse, naming file and line.
    [[nodiscard]] static Result<Renderer> open(const Mirror& mirror, const Target& target);
    Renderer(Renderer&&) noexcept;
    Renderer& operator=(Renderer&&) noexcept;
    ~Renderer();

    // Changes whenever anything but the article itself would change an article's page: theme,
    // texts, configuration, this program's rendering.
    [[nodiscard]] const std::string& generation() const;

    // The page's path in the mirror: "articles/2026/11/k3v9x0q2ma.html".
    [[nodiscard]] std::string article_path(const ArticleSummary& article) const;
    // All files of the article (its page; for Markdown also its QR picture), so that an unchanged
    // article's files can be kept without rendering it.
    [[nodiscard]] std::vector<std::string> article_files(const ArticleSummary& article) const;

    void render_article(const Article& article, const ArticleSummary& summary, const Assets& assets,
                        const Sink& sink) const;

    // Everything that is made from lists: section indexes with their archive pages, home, and the
    // fixed files (style sheet, .nojekyll, ...). `articles` is sorted by newer_first and holds
    // every article of the mirror; `assets` has the lead images. `last_updated` is the time of the
    // newest capture, so that nothing changes when nothing is new.
    void render_lists(std::span<const ArticleSummary> articles, const Assets& assets,
                      const Sink& sink) const;

  private:
    struct State;
    explicit Renderer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace heliograph::render
