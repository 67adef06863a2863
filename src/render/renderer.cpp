// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/renderer.h"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/utf8.h"
#include "render/body.h"
#include "render/embedded.h"
#include "render/feeds.h"
#include "render/fronts.h"
#include "render/hot.h"
#include "render/html_body.h"
#include "render/language.h"
#include "render/lists.h"
#include "render/markdown.h"
#include "render/markdown_body.h"
#include "render/pages.h"
#include "render/sync_job.h"

namespace heliograph::render {
namespace {

// Raised with every change of this room that changes a page beyond its theme and texts.
constexpr std::uint64_t kRenderingVersion = 6;

// What search engines and messengers show of a page.
constexpr std::size_t kMaxSummary = 160;

// What lists and fronts show beside what article pages show.
std::string site_generation_of(const Site& site, const std::string& generation) {
    Fingerprint all;
    all.add(generation).add(site.mirror.description).add(site.mirror.contact);
    all.add(static_cast<std::uint64_t>(site.mirror.feed_text)).add(site.target.link_suffix);
    for (const Announcement& one : site.mirror.announcements)
        all.add(one.text).add(one.url).add(one.is_sampled ? 1U : 0U);
    for (const File& job : sync_jobs(site.target)) all.add(job.bytes);
    all.add(site.target.moved_url);
    for (const Part& part : site.target.parts) all.add(part.period).add(part.base_url);
    for (const Companion& one : site.mirror.companions)
        all.add(one.key).add(one.name).add(one.url).add(one.is_mirror ? 1U : 0U);
    return all.hex();
}

std::string generation_of(const Site& site) {
    Fingerprint all;
    all.add(kRenderingVersion).add(site.theme.fingerprint());
    all.add(site.mirror.title).add(site.mirror.language);
    for (const Section& section : site.mirror.sections) all.add(section.key).add(section.name);
    all.add(static_cast<std::uint64_t>(site.target.format)).add(site.target.base_url);
    all.add(site.target.article_path).add(site.mirror.companions.empty() ? 0U : 1U);
    all.add(site.mirror.offline ? 1U : 0U).add(site.target.script);
    all.add(site.target.period).add(site.target.whole_url);
    return all.hex();
}

// What is hot and the lists an article is in, for its menu.
std::vector<ListPlace> places_of(const Site& site, const Article& article) {
    std::vector<ListPlace> places{hot_place(site)};
    for (const Section& section : site.mirror.sections)
        if (std::ranges::find(article.sections, section.key) != article.sections.end())
            places.push_back(section_place(section));
    if (places.size() == 1) places.push_back(all_place(site));
    return places;
}

Values authors_of(const Article& article, std::string_view separator) {
    Values list = Values::list();
    for (std::size_t i = 0; i < article.authors.size(); ++i) {
        Values author = Values::object();
        author.set("name", article.authors[i]);
        author.set("separator",
                   i + 1 < article.authors.size() ? std::string(separator) : std::string());
        list.push_back(std::move(author));
    }
    return list;
}

void add_html_content(Values& values, const Article& article, const BodyContext& context) {
    if (const auto& image = article.lead_image) {
        Values lead = Values::object();
        const std::string& alt = image->alt.empty() ? image->caption : image->alt;
        lead.set("picture",
                 html_picture(context.picture(image->url), alt, context, PicturePlace::kLead));
        lead.set("has_caption", !image->caption.empty() || !image->credit.empty());
        lead.set("caption", image->caption);
        lead.set("credit", image->credit);
        values.set("lead", std::move(lead));
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
        values.set("lead", std::move(lead));
    }
    values.set("body", markdown_body(article.body, context));
    values.set("original", markdown_address(article.url));
}

}  // namespace

struct Renderer::State {
    Site site;
    std::string generation;
    std::string site_generation;

    void render_text(const Article& article, const ArticleView& view, const std::string& path,
                     const std::string& newest_path, const Sink& sink) const;
};

Renderer::Renderer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;
Renderer::~Renderer() = default;

ThemeFiles Renderer::built_in_theme(std::string_view name) {
    ThemeFiles out{.place = fmt::format("theme-{}/", name), .files = {}};
    for (const EmbeddedFile& file : embedded_files())
        if (file.name.starts_with(out.place))
            out.files.emplace(file.name.substr(out.place.size()), file.text);
    return out;
}

Result<Renderer> Renderer::open(const Mirror& mirror, const Target& target,
                                const ThemeFiles& files) {
    auto interfaces = Interfaces::open(mirror.language, files);
    if (!interfaces) return std::unexpected(std::move(interfaces).error());
    auto theme = Theme::open(target.format, *std::move(interfaces), files);
    if (!theme) return std::unexpected(std::move(theme).error());
    Site site{.mirror = mirror, .target = target, .theme = *std::move(theme)};
    std::string generation = generation_of(site);
    std::string site_generation = site_generation_of(site, generation);
    return Renderer(std::make_unique<State>(std::move(site), std::move(generation),
                                            std::move(site_generation)));
}

const std::string& Renderer::missing_texts() const {
    return state_->site.theme.interfaces().missing();
}

const std::string& Renderer::generation() const { return state_->generation; }

std::string Renderer::article_path(const ArticleSummary& article) const {
    return render::article_path(state_->site, article);
}

const std::string& Renderer::site_generation() const { return state_->site_generation; }

namespace {

// The page and, for Markdown, its QR picture.
void add_page(const Site& site, const std::string& path, std::vector<std::string>& paths) {
    paths.push_back(path);
    if (!site.is_html()) paths.push_back(qr_path(path));
}

std::string file_name(std::string_view path) {
    return std::string(path.substr(path.rfind('/') + 1));
}

Values tags_of(const Site& site, const ArticleView& view, const std::string& to_root) {
    Values list = Values::list();
    std::set<std::string> told;
    for (const std::string& tag : view.article.tags) {
        const std::string key = tag_key(tag);
        if (key.empty() || !told.insert(key).second) continue;
        Values values = Values::object();
        values.set("first", list.is_empty_list());
        values.set("name", tag);
        const bool is_linked = view.linked_tags.contains(key);
        values.set("href", is_linked ? Values(to_root + index_path(site, tag_place(key, tag)))
                                     : Values(false));
        list.push_back(std::move(values));
    }
    return list;
}

// Whether the publisher's own name for the section is none that the mirror has the article in.
bool says_more(const Site& site, const Article& article, const std::string& publishers_section) {
    const std::string name = ascii_lower(publishers_section);
    return !name.empty() && std::ranges::none_of(article.sections, [&](const std::string& key) {
        const Section* section = site.section(key);
        return ascii_lower(key) == name ||
               (section != nullptr && ascii_lower(section->name) == name);
    });
}

// Each text that came before the article's present one.
Values earlier_texts(const ArticleView& view, const std::string& page_path) {
    Values list = Values::list();
    for (const Article& text : view.earlier) {
        Values values = moment_values(utc_moment(text.captured));
        values.set("first", list.is_empty_list());
        values.set("href", file_name(revision_path(page_path, text.revision)));
        list.push_back(std::move(values));
    }
    return list;
}

}  // namespace

bool Renderer::holds(std::chrono::sys_seconds appeared) const {
    const Site& site = state_->site;
    return site.target.part_of.empty() ? site.part_of(appeared) == nullptr
                                       : is_in_period(appeared, site.target.period);
}

std::vector<std::string> Renderer::article_files(const ArticleSummary& article) const {
    std::vector<std::string> paths;
    const std::string path = article_path(article);
    add_page(state_->site, path, paths);
    for (int number = 1; number < article.revision; ++number)
        add_page(state_->site, revision_path(path, number), paths);
    return paths;
}

void Renderer::render_article(const ArticleView& view, const Sink& sink) const {
    const std::string path = article_path(view.summary);
    state_->render_text(view.article, view, path, "", sink);
    for (const Article& text : view.earlier)
        state_->render_text(text, view, revision_path(path, text.revision), path, sink);
}

// `newest_path` is empty for the article's present text.
void Renderer::State::render_text(const Article& article, const ArticleView& view,
                                  const std::string& path, const std::string& newest_path,
                                  const Sink& sink) const {
    const Interface& interface = site.interface_of(article.language);
    const BodyContext context{.texts = interface.texts,
                              .picture =
                                  [&view](std::string_view url) {
                                      const auto found = view.assets.find(url);
                                      return found == view.assets.end() ? nullptr : &found->second;
                                  },
                              .to_root = path_to_root(path)};
    Values values = Values::object();
    values.set("publisher", view.article.publisher);
    values.set("has_authors", !article.authors.empty());
    values.set("authors", authors_of(article, list_separator(interface.language)));
    if (says_more(site, view.article, article.section)) values.set("section", article.section);
    values.set("not_free", article.is_accessible_for_free == false);
    if (!article.standfirst.empty()) values.set("standfirst", article.standfirst);
    if (article.published) values.set("published", moment_values(*article.published));
    if (article.updated && article.updated != article.published)
        values.set("updated", moment_values(*article.updated));
    const DateTime captured = utc_moment(article.captured);
    values.set("captured", moment_text(captured));
    values.set("captured_machine", format_rfc3339(captured));
    if (newest_path.empty()) {
        Values tags = tags_of(site, view, path_to_whole(site, path));
        values.set("has_tags", !tags.is_empty_list());
        values.set("tags", std::move(tags));
        values.set("has_earlier", !view.earlier.empty());
        values.set("earlier", earlier_texts(view, path));
    } else {
        values.set("newest", file_name(newest_path));
    }
    if (site.is_html()) {
        add_html_content(values, article, context);
        if (newest_path.empty()) values.set("summary", shorten(view.summary.excerpt, kMaxSummary));
    } else {
        add_markdown_content(values, article, context);
    }
    finish_page(site, Page::kArticle,
                {.path = path,
                 .title = article.title,
                 .language = article.language,
                 .menu = places_of(site, view.article)},
                values, sink);
}

std::string Renderer::tombstone_path(const Tombstone& tombstone) const {
    ArticleSummary article;
    article.id = tombstone.id;
    article.first_captured = tombstone.appeared;
    article.sections = tombstone.sections;
    return article_path(article);
}

// Small: there may be many, and they are all that readers of an old link get.
void Renderer::render_tombstone(const Tombstone& tombstone, const Sink& sink) const {
    const Site& site = state_->site;
    const std::string path = tombstone_path(tombstone);
    Values values = Values::object();
    values.set("lang", site.mirror.language);
    values.set("dir", std::string(direction(site.mirror.language)));
    values.set("mirror_title", site.mirror.title);
    values.set("withdrawn", tombstone.is_withdrawn);
    values.set("reason", tombstone.is_withdrawn ? Values(tombstone.reason) : Values(false));
    values.set("day", format_day(utc_moment(tombstone.time)));
    // Who withdraws an article has reasons not to lead to it.
    const bool has_original = !tombstone.is_withdrawn && is_safe_link(tombstone.canonical_url);
    values.set("original", !has_original    ? Values(false)
                           : site.is_html() ? Values(tombstone.canonical_url)
                                            : Values(markdown_address(tombstone.canonical_url)));
    values.set("home", path_to_whole(site, path) + home_path(site));
    sink({.path = path,
          .bytes =
              site.theme.render(Page::kTombstone, values, site.theme.interfaces().of_mirror())});
}

bool Renderer::has_pages(const ListKey& list, std::size_t size) const {
    return render::has_pages(state_->site, list, size);
}

std::size_t Renderer::archived_pages(std::size_t size) { return render::archived_pages(size); }

std::vector<std::string> Renderer::list_files(const ListKey& list, std::size_t size) const {
    std::vector<std::string> paths;
    if (!has_pages(list, size)) return paths;
    const Site& site = state_->site;
    const ListPlace place = place_of(site, list, MemoryLists({}, {}));
    add_page(site, index_path(site, place), paths);
    const std::size_t archived = render::archived_pages(size);
    for (std::size_t number = 1; number <= archived; ++number) {
        if (number == 1 || number % kPagesPerFolder == 0)
            add_page(site, archive_folder_path(site, place, number / kPagesPerFolder), paths);
        add_page(site, archive_path(site, place, number), paths);
    }
    return paths;
}

void Renderer::render_list(const ListKey& list, const Lists& lists, const PagesToRender& pages,
                           const Sink& sink) const {
    render::render_list(state_->site, list, lists, pages, sink);
}

bool Renderer::has_feeds(const ListKey& list) { return render::has_feeds(list); }

// Readers ask for a feed every few hours; a large mirror has a hundred articles in that time, and a
// phone pays for each.
std::size_t Renderer::feed_size() { return 40; }

void Renderer::render_feeds(const ListKey& list, std::span<const ArticleView> newest,
                            const Sink& sink) const {
    const Site& site = state_->site;
    render::render_feeds(site, place_of(site, list, MemoryLists({}, {})), newest, sink);
}

std::vector<std::string> Renderer::sitemap_files(std::size_t articles) const {
    std::vector<std::string> paths;
    if (!state_->site.is_html()) return paths;
    for (std::size_t number = 1; number <= sitemaps_of(articles); ++number)
        paths.push_back(sitemap_path(number));
    return paths;
}

void Renderer::render_sitemaps(const Lists& lists, const PagesToRender& pages,
                               const Sink& sink) const {
    const Site& site = state_->site;
    if (!site.is_html()) return;
    const std::size_t size = lists.size({});
    for (std::size_t number = 1; number <= sitemaps_of(size); ++number)
        if (number >= pages.from || pages.those.contains(number))
            render_sitemap(site, lists, number, sink);
    render_sitemap_index(site, size, sink);
}

std::size_t Renderer::front_size() { return kFrontSize; }

void Renderer::render_fronts(const Lists& lists, const FrontView& view, const Sink& sink) const {
    render::render_fronts(state_->site, lists, view, sink);
    for (File& job : sync_jobs(state_->site.target)) sink(std::move(job));
}

void Renderer::render_part_front(const Sink& sink) const {
    render::render_part_front(state_->site, sink);
    for (File& job : sync_jobs(state_->site.target)) sink(std::move(job));
}

std::vector<std::string> Renderer::tag_index_folders() {
    return {std::string(kTagIndexFolder), "qr/" + std::string(kTagIndexFolder)};
}

void Renderer::render_tags(const Lists& lists, const Sink& sink) const {
    render::render_tags(state_->site, lists, sink);
}

}  // namespace heliograph::render
