// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/renderer.h"

#include <fmt/format.h>
#include <algorithm>
#include <kainjow/mustache.hpp>
#include <utility>

#include "base/hash.h"
#include "render/html_body.h"
#include "render/lists.h"
#include "render/markdown.h"
#include "render/markdown_body.h"
#include "render/pages.h"

namespace heliograph::render {
namespace {

// Raised with every change of this room that changes a page beyond its theme and texts.
constexpr std::uint64_t kRenderingVersion = 1;

std::string generation_of(const Site& site) {
    Fingerprint all;
    all.add(kRenderingVersion).add(site.theme.fingerprint());
    all.add(site.mirror.title).add(site.mirror.language);
    for (const Section& section : site.mirror.sections) all.add(section.key).add(section.name);
    all.add(static_cast<std::uint64_t>(site.target.format)).add(site.target.base_url);
    return all.hex();
}

// The lists an article is in, for its menu.
std::vector<ListPlace> places_of(const Site& site, const Article& article) {
    std::vector<ListPlace> places;
    for (const Section& section : site.mirror.sections)
        if (std::ranges::find(article.sections, section.key) != article.sections.end())
            places.push_back(section_place(section));
    if (places.empty()) places.push_back(all_place(site));
    return places;
}

Values authors_of(const Article& article) {
    Values list(Values::type::list);
    for (std::size_t i = 0; i < article.authors.size(); ++i) {
        Values author(Values::type::object);
        author.set("name", article.authors[i]);
        author.set("comma", i + 1 < article.authors.size());
        list.push_back(author);
    }
    return list;
}

void add_html_content(Values& values, const Article& article, const BodyContext& context) {
    if (const auto& image = article.lead_image) {
        Values lead(Values::type::object);
        const std::string& alt = image->alt.empty() ? image->caption : image->alt;
        lead.set("picture", html_picture(context.picture(image->url), alt, context));
        lead.set("has_caption", !image->caption.empty() || !image->credit.empty());
        lead.set("caption", image->caption);
        lead.set("credit", image->credit);
        values.set("lead", lead);
    }
    values.set("body", html_body(article.body, context));
    values.set("original", article.url);
}

void add_markdown_content(Values& values, const Article& article, const BodyContext& context) {
    if (const auto& image = article.lead_image) {
        std::string lead;
        const std::string& alt = image->alt.empty() ? image->caption : image->alt;
        if (const Asset* asset = context.picture(image->url)) {
            lead = markdown_picture(alt, context.to_root + asset_path(*asset));
        } else {
            lead = missing_picture(alt, context);
        }
        for (const std::string& line : {image->caption, image->credit})
            if (!line.empty()) lead += "\\\n" + markdown_emphasis(line);
        values.set("lead", lead);
    }
    values.set("body", markdown_body(article.body, context));
    values.set("original", markdown_address(article.url));
}

}  // namespace

struct Renderer::State {
    Site site;
    std::string generation;
};

Renderer::Renderer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;
Renderer::~Renderer() = default;

Result<Renderer> Renderer::open(const Mirror& mirror, const Target& target) {
    auto texts = built_in_texts(mirror.language);
    if (!texts) return std::unexpected(std::move(texts).error());
    auto theme = Theme::open(target.format, *std::move(texts));
    if (!theme) return std::unexpected(std::move(theme).error());
    Site site{.mirror = mirror, .target = target, .theme = *std::move(theme)};
    std::string generation = generation_of(site);
    return Renderer(std::make_unique<State>(std::move(site), std::move(generation)));
}

const std::string& Renderer::generation() const { return state_->generation; }

std::string Renderer::article_path(const ArticleSummary& article) const {
    return render::article_path(state_->site, article);
}

std::vector<std::string> Renderer::article_files(const ArticleSummary& article) const {
    std::vector<std::string> paths = {article_path(article)};
    if (!state_->site.is_html()) paths.push_back(qr_path(paths.front()));
    return paths;
}

void Renderer::render_article(const Article& article, const ArticleSummary& summary,
                              const Assets& assets, const Sink& sink) const {
    const Site& site = state_->site;
    const std::string path = article_path(summary);
    const BodyContext context{.texts = site.theme.texts(),
                              .picture =
                                  [&assets](std::string_view url) {
                                      const auto found = assets.find(url);
                                      return found == assets.end() ? nullptr : &found->second;
                                  },
                              .to_root = path_to_root(path)};
    Values values(Values::type::object);
    values.set("publisher", article.publisher);
    values.set("has_authors", !article.authors.empty());
    values.set("authors", authors_of(article));
    if (!article.standfirst.empty()) values.set("standfirst", article.standfirst);
    if (article.published) values.set("published", moment_values(*article.published));
    if (article.updated && article.updated != article.published)
        values.set("updated", moment_values(*article.updated));
    const DateTime captured = utc_moment(article.captured);
    values.set("captured", moment_text(captured));
    values.set("captured_machine", format_rfc3339(captured));
    if (site.is_html()) {
        add_html_content(values, article, context);
    } else {
        add_markdown_content(values, article, context);
    }
    finish_page(site, Page::kArticle,
                {.path = path,
                 .title = article.title,
                 .language = article.language,
                 .menu = places_of(site, article)},
                values, sink);
}

void Renderer::render_lists(std::span<const ArticleSummary> articles, const Assets& assets,
                            const Sink& sink) const {
    render::render_lists(state_->site, articles, assets, sink);
}

}  // namespace heliograph::render
