// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/fronts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <set>
#include <utility>

#include "base/utf8.h"
#include "render/body.h"
#include "render/feeds.h"
#include "render/hot.h"
#include "render/html_body.h"
#include "render/language.h"
#include "render/list_parts.h"
#include "render/lists.h"
#include "render/markdown.h"

namespace heliograph::render {
namespace {

// Home shows so many entries in all, shared out over the sections: Git hosts show a README up to
// 500 KB, and phones are slow.
constexpr std::size_t kHomeEntries = 240;
constexpr std::size_t kMaxHomeEntriesPerSection = 8;
// The lead story is the newest with a picture among so many, one in the mirror's own language
// before the others.
constexpr std::size_t kLeadCandidates = 20;
// Home has the first of what is hot, the page of its own some more.
constexpr std::size_t kHomeHot = 5;
constexpr std::size_t kHot = 40;
constexpr std::size_t kMaxExcerpt = 300;
constexpr std::size_t kMaxPublishers = 8;

class FrontWriter {
  public:
    FrontWriter(const Site& site, const Lists& lists, const Sink& sink)
        : site_(site), lists_(lists), sink_(sink), parts_(site) {}

    void write_home(const FrontView& view);
    void write_hot(const FrontView& view);

  private:
    Values story(const ArticleSummary& article, const Assets& assets, PicturePlace place) const;

    const Site& site_;
    const Lists& lists_;
    const Sink& sink_;
    ListParts parts_;
};

// An entry with its picture, if it has one, and the beginning of its text.
Values FrontWriter::story(const ArticleSummary& article, const Assets& assets,
                          PicturePlace place) const {
    Values values = parts_.entry(article, "");
    if (!article.excerpt.empty()) values.set("excerpt", shorten(article.excerpt, kMaxExcerpt));
    const auto found = assets.find(article.lead_image_url);
    if (found == assets.end()) return values;
    const Asset& asset = found->second;
    const BodyContext context{
        .texts = site_.theme.interfaces().of_mirror().texts, .picture = {}, .to_root = ""};
    values.set("picture", site_.is_html()
                              ? html_picture(&asset, article.lead_image_alt, context, place)
                              : markdown_picture(article.lead_image_alt, asset_path(asset)));
    return values;
}

const ArticleSummary* lead_of(Entries newest, const FrontView& view, std::string_view language) {
    const auto has_picture = [&](const ArticleSummary& article) {
        return view.assets.contains(article.lead_image_url);
    };
    if (!view.picks.empty()) return &view.picks.front();
    const Entries candidates = newest.first(std::min(newest.size(), kLeadCandidates));
    auto lead = std::ranges::find_if(candidates, [&](const ArticleSummary& article) {
        return has_picture(article) &&
               primary_language(article.language) == primary_language(language);
    });
    if (lead == candidates.end()) lead = std::ranges::find_if(candidates, has_picture);
    if (lead == candidates.end()) lead = candidates.begin();
    return lead == candidates.end() ? nullptr : &*lead;
}

void FrontWriter::write_hot(const FrontView& view) {
    const ListPlace place = hot_place(site_);
    const std::string path = index_path(site_, place);
    const std::vector<ArticleSummary> newest = lists_.part({}, 0, kFrontSize);
    const std::vector<ArticleSummary> hot = rank_hot(newest, view.picks, kHot);
    Values values = Values::object();
    values.set("entries", parts_.entries(hot, path));
    values.set("last_updated", parts_.last_updated(newest));
    Links(path_to_root(path)).set_in(values, "links", "has_links");
    finish_page(site_, Page::kList,
                {.path = path, .title = place.name, .language = {}, .menu = parts_.menu()}, values,
                sink_);
}

void FrontWriter::write_home(const FrontView& view) {
    const std::string path = home_path(site_);
    const std::vector<ArticleSummary> newest = lists_.part({}, 0, kFrontSize);
    Values values = Values::object();
    if (!site_.mirror.description.empty()) values.set("description", site_.mirror.description);
    // Without a description of its own, the mirror is described by what it has.
    std::vector<std::string> sections;
    for (const Section& section : site_.mirror.sections) sections.push_back(section.name);
    if (sections.empty()) sections.push_back(site_.text("all"));
    const std::string summary = site_.mirror.description.empty()
                                    ? fmt::format("{}", fmt::join(sections, " · "))
                                    : site_.mirror.description;
    values.set("summary", shorten(summary, kMaxExcerpt));
    values.set("last_updated", parts_.last_updated(newest));
    const ArticleSummary* lead = lead_of(newest, view, site_.mirror.language);
    values.set("lead",
               lead != nullptr ? story(*lead, view.assets, PicturePlace::kLead) : Values(false));

    std::vector<ArticleSummary> others = view.picks;
    std::erase_if(others, [&](const ArticleSummary& one) { return one.id == lead->id; });
    values.set("has_picks", !others.empty());
    values.set("picks", parts_.entries(others, path));
    std::vector<ArticleSummary> hot = rank_hot(newest, view.picks, kHomeHot + 1);
    std::erase_if(hot, [&](const ArticleSummary& one) { return one.id == lead->id; });
    hot.resize(std::min(hot.size(), kHomeHot));
    values.set("has_hot", !hot.empty());
    values.set("hot", parts_.entries(hot, path));
    values.set("hot_href", index_path(site_, hot_place(site_)));

    const std::size_t each =
        std::min(kMaxHomeEntriesPerSection,
                 kHomeEntries / std::max<std::size_t>(site_.mirror.sections.size(), 1));
    Values list = Values::list();
    const auto add = [&](const ListPlace& place, const ListKey& key) {
        std::vector<ArticleSummary> of_place = lists_.part(key, 0, each + 1);
        // The lead stands above already, unless it is all there is.
        if (of_place.size() > 1)
            std::erase_if(of_place, [&](const ArticleSummary& one) { return one.id == lead->id; });
        of_place.resize(std::min(of_place.size(), each));
        Values section = Values::object();
        section.set("name", place.name);
        section.set("href", index_path(site_, place));
        Values shown = Values::list();
        for (const ArticleSummary& article : of_place) {
            // The first with its picture, which only wide screens load (style.css).
            const bool has_picture =
                shown.is_empty_list() && site_.is_html() && article.id != lead->id;
            Values made = has_picture ? story(article, view.assets, PicturePlace::kColumnOfHome)
                                      : parts_.entry(article, "");
            made.set("excerpt", false);
            shown.push_back(std::move(made));
        }
        section.set("entries", std::move(shown));
        section.set("last_updated", parts_.last_updated(of_place));
        std::set<std::string> publishers;
        for (const ArticleSummary& article : of_place)
            if (publishers.size() < kMaxPublishers) publishers.insert(article.publisher);
        section.set("publishers", fmt::format("{}", fmt::join(publishers, ", ")));
        list.push_back(std::move(section));
    };
    for (const Section& section : site_.mirror.sections)
        add(section_place(section), {.kind = ListKind::kSection, .name = section.key});
    // A mirror without sections still shows its newest articles.
    if (site_.mirror.sections.empty()) add(all_place(site_), {});
    values.set("sections", std::move(list));

    Links links("");
    const auto add_link = [&](const ListPlace& place) {
        links.add(place.name, index_path(site_, place));
    };
    add_link(all_place(site_));
    add_link(months_place(site_));
    add_link(tags_place(site_));
    parts_.set_feeds(values, all_place(site_), path);
    parts_.set_announcements(values, path);
    Links companions("");
    for (const Companion& companion : site_.mirror.companions)
        companions.add(companion.name, companion_path(site_, companion));
    std::move(companions).set_in(values, "companions", "has_companions");
    links.add(site_.text("feeds"), atom_path(all_place(site_)));
    std::move(links).set_in(values, "links", "has_links");
    values.set("is_home", true);
    if (const std::string& contact = site_.mirror.contact; !contact.empty()) {
        const bool is_link = is_safe_link(contact);
        const std::string_view mailto = "mailto:";
        const std::string shown =
            contact.starts_with(mailto) ? contact.substr(mailto.size()) : contact;
        Values made = Values::object();
        made.set("text", shown);
        made.set("href", is_link ? Values(contact) : Values(false));
        made.set("link", is_link ? markdown_link(shown, contact) : escape_markdown(contact));
        values.set("contact", std::move(made));
    }
    finish_page(site_, Page::kHome,
                {.path = path, .title = site_.mirror.title, .language = {}, .menu = parts_.menu()},
                values, sink_);
}

}  // namespace

namespace {

// A page that leads on to another place.
void render_redirect(const Site& site, const std::string& path, const std::string& name,
                     const std::string& url, const Sink& sink) {
    Values values = Values::object();
    values.set("url", url);
    values.set("link", markdown_link(url, url));
    finish_page(site, Page::kRedirect, {.path = path, .title = name, .language = {}, .menu = {}},
                values, sink);
}

// Without it, Git hosts' page services would run the files through a site generator.
void render_no_generator(const Site& site, const Sink& sink) {
    if (!site.is_html()) sink({.path = ".nojekyll", .bytes = {}});
}

}  // namespace

void render_part_front(const Site& site, const Sink& sink) {
    render_redirect(site, home_path(site), site.mirror.title,
                    site.target.whole_url + home_path(site), sink);
    render_no_generator(site, sink);
}

void render_fronts(const Site& site, const Lists& lists, const FrontView& view, const Sink& sink) {
    FrontWriter writer(site, lists, sink);
    writer.write_home(view);
    writer.write_hot(view);
    render_months(site, lists, sink);
    render_no_generator(site, sink);
    if (site.is_html()) render_site_files(site, sink);
    for (const Companion& companion : site.mirror.companions)
        render_redirect(site, companion_path(site, companion), companion.name, companion.url, sink);
}

}  // namespace heliograph::render
