// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/lists.h"

#include <fmt/format.h>
#include <algorithm>
#include <kainjow/mustache.hpp>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "render/body.h"
#include "render/html_body.h"
#include "render/language.h"
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
// Lists show the beginning of longer titles and excerpts; home stays below the size above.
constexpr std::size_t kMaxListTitle = 200;
constexpr std::size_t kMaxExcerpt = 300;
constexpr std::size_t kMaxPublishers = 8;
// The menu of a list has each section when there are no more than this; home has them all.
constexpr std::size_t kMaxMenuSections = 12;

using Entries = std::vector<const ArticleSummary*>;

class ListWriter {
  public:
    ListWriter(const Site& site, const Assets& assets, const Sink& sink)
        : site_(site), assets_(assets), sink_(sink) {
        menu_.push_back(all_place(site));
        if (site.mirror.sections.size() <= kMaxMenuSections)
            for (const Section& section : site.mirror.sections)
                menu_.push_back(section_place(section));
    }

    void write_list(const ListPlace& place, const Entries& entries);
    void write_home(const Entries& all, const std::map<std::string, Entries>& sections);

  private:
    Values entry(const ArticleSummary& article, const std::string& to_root) const;
    Values entries(std::span<const ArticleSummary* const> articles, const std::string& path) const;
    Values last_updated(std::span<const ArticleSummary* const> articles) const;
    Values lead(const Entries& all) const;
    std::string title_of(const ListPlace& place, std::size_t number) const;
    void write_archive(const ListPlace& place, const Entries& entries, std::size_t pages);

    const Site& site_;
    const Assets& assets_;
    const Sink& sink_;
    std::vector<ListPlace> menu_;
};

Values ListWriter::entry(const ArticleSummary& article, const std::string& to_root) const {
    Values values(Values::type::object);
    const DateTime time = article.published.value_or(utc_moment(article.first_captured));
    values.set("href", to_root + article_path(site_, article));
    values.set("title", shorten(article.title, kMaxListTitle));
    values.set("publisher", article.publisher);
    values.set("machine", format_rfc3339(time));
    values.set("day", format_day(time));
    set_own_language(values, article.language, site_.mirror.language);
    return values;
}

Values ListWriter::entries(std::span<const ArticleSummary* const> articles,
                           const std::string& path) const {
    Values list(Values::type::list);
    const std::string to_root = path_to_root(path);
    for (const ArticleSummary* article : articles) list.push_back(entry(*article, to_root));
    return list;
}

// The newest capture; false when there is none.
Values ListWriter::last_updated(std::span<const ArticleSummary* const> articles) const {
    if (articles.empty()) return {false};
    const auto newest = std::ranges::max(
        articles, {}, [](const ArticleSummary* article) { return article->captured; });
    return moment_values(utc_moment(newest->captured));
}

std::string ListWriter::title_of(const ListPlace& place, std::size_t number) const {
    std::string text = site_.text("archive_page");
    if (const std::size_t at = text.find("{n}"); at != std::string::npos)
        text.replace(at, 3, fmt::to_string(number));
    return place.name + " – " + text;
}

void ListWriter::write_list(const ListPlace& place, const Entries& all) {
    const std::size_t full = all.size() / kArchivePageSize;
    const std::size_t archived = full > 0 ? full - 1 : 0;
    const std::string path = index_path(site_, place);
    const std::string to_root = path_to_root(path);
    const std::span<const ArticleSummary* const> newest(all.data(),
                                                        all.size() - archived * kArchivePageSize);
    Values values(Values::type::object);
    values.set("entries", entries(newest, path));
    values.set("last_updated", last_updated(all));
    values.set("has_links", archived > 0);
    if (archived > 0) {
        Values links(Values::type::list);
        const auto add = [&](const std::string& text, const std::string& to) {
            Values link(Values::type::object);
            link.set("first", links.is_empty_list());
            link.set("text", text);
            link.set("href", to_root + to);
            links.push_back(link);
        };
        add(site_.text("older"), archive_path(site_, place, archived));
        add(site_.text("archive_all"), archive_index_path(site_, place));
        values.set("links", links);
    }
    finish_page(site_, Page::kList,
                {.path = path, .title = place.name, .language = {}, .menu = menu_}, values, sink_);
    if (archived > 0) write_archive(place, all, archived);
}

void ListWriter::write_archive(const ListPlace& place, const Entries& all, std::size_t pages) {
    const std::string index = archive_index_path(site_, place);
    Values list(Values::type::list);
    for (std::size_t number = pages; number > 0; --number) {
        const std::span<const ArticleSummary* const> of_page(
            all.data() + (all.size() - number * kArchivePageSize), kArchivePageSize);
        const std::string path = archive_path(site_, place, number);
        const std::string to_root = path_to_root(path);
        const std::string title = title_of(place, number);

        Values item(Values::type::object);
        item.set("text", title);
        item.set("href", path_to_root(index) + path);
        item.set("first_day", format_day(utc_moment(appeared(*of_page.back()))));
        item.set("last_day", format_day(utc_moment(appeared(*of_page.front()))));
        list.push_back(item);

        // Only what is older and what is always there: a link to the next newer page would change
        // this one on the day that page is begun.
        Values links(Values::type::list);
        const auto add = [&](const std::string& text, const std::string& to) {
            Values link(Values::type::object);
            link.set("first", links.is_empty_list());
            link.set("text", text);
            link.set("href", to_root + to);
            links.push_back(link);
        };
        add(site_.text("newest"), index_path(site_, place));
        if (number > 1) add(site_.text("older"), archive_path(site_, place, number - 1));
        add(site_.text("archive_all"), index);
        Values values(Values::type::object);
        values.set("entries", entries(of_page, path));
        values.set("last_updated", false);
        values.set("has_links", true);
        values.set("links", links);
        finish_page(site_, Page::kList,
                    {.path = path, .title = title, .language = {}, .menu = {place}}, values, sink_);
    }
    Values values(Values::type::object);
    values.set("pages", list);
    finish_page(site_, Page::kArchive,
                {.path = index,
                 .title = place.name + " – " + site_.text("archive"),
                 .language = {},
                 .menu = menu_},
                values, sink_);
}

Values ListWriter::lead(const Entries& all) const {
    if (all.empty()) return {false};
    const std::span<const ArticleSummary* const> candidates(all.data(),
                                                            std::min(all.size(), kLeadCandidates));
    const auto has_picture = [&](const ArticleSummary* article) {
        return assets_.contains(article->lead_image_url);
    };
    auto with_picture = std::ranges::find_if(candidates, [&](const ArticleSummary* article) {
        return has_picture(article) &&
               primary_language(article->language) == primary_language(site_.mirror.language);
    });
    if (with_picture == candidates.end())
        with_picture = std::ranges::find_if(candidates, has_picture);
    const ArticleSummary& article =
        with_picture == candidates.end() ? *all.front() : **with_picture;
    Values values = entry(article, "");
    if (!article.excerpt.empty()) values.set("excerpt", shorten(article.excerpt, kMaxExcerpt));
    if (with_picture != candidates.end()) {
        const Asset& asset = assets_.find(article.lead_image_url)->second;
        const BodyContext context{.texts = site_.theme.texts(), .picture = {}, .to_root = ""};
        values.set("picture", site_.is_html()
                                  ? html_picture(&asset, article.lead_image_alt, context)
                                  : markdown_picture(article.lead_image_alt, asset_path(asset)));
    }
    return values;
}

void ListWriter::write_home(const Entries& all, const std::map<std::string, Entries>& sections) {
    const std::string path = home_path(site_);
    Values values(Values::type::object);
    if (!site_.mirror.description.empty()) values.set("description", site_.mirror.description);
    values.set("last_updated", last_updated(all));
    values.set("lead", lead(all));

    const std::size_t each =
        std::min(kMaxHomeEntriesPerSection,
                 kHomeEntries / std::max<std::size_t>(site_.mirror.sections.size(), 1));
    Values list(Values::type::list);
    const auto add = [&](const ListPlace& place, const Entries& of_place) {
        const std::span<const ArticleSummary* const> newest(of_place.data(),
                                                            std::min(of_place.size(), each));
        Values section(Values::type::object);
        section.set("name", place.name);
        section.set("href", index_path(site_, place));
        section.set("entries", entries(newest, path));
        section.set("last_updated", last_updated(of_place));
        std::set<std::string> publishers;
        for (const ArticleSummary* article : of_place)
            if (publishers.size() < kMaxPublishers) publishers.insert(article->publisher);
        section.set("publishers", fmt::format("{}", fmt::join(publishers, ", ")));
        list.push_back(section);
    };
    for (const Section& section : site_.mirror.sections) {
        const auto found = sections.find(section.key);
        add(section_place(section), found == sections.end() ? Entries{} : found->second);
    }
    // A mirror without sections still shows its newest articles.
    if (site_.mirror.sections.empty()) add(all_place(site_), all);
    values.set("sections", list);

    if (const std::string& contact = site_.mirror.contact; !contact.empty()) {
        const bool is_link = is_safe_link(contact);
        const std::string_view mailto = "mailto:";
        const std::string shown =
            contact.starts_with(mailto) ? contact.substr(mailto.size()) : contact;
        Values made(Values::type::object);
        made.set("text", shown);
        made.set("href", is_link ? Values(contact) : Values(false));
        made.set("link", is_link ? markdown_link(shown, contact) : escape_markdown(contact));
        values.set("contact", made);
    }
    finish_page(site_, Page::kHome,
                {.path = path, .title = site_.mirror.title, .language = {}, .menu = menu_}, values,
                sink_);
}

}  // namespace

void render_lists(const Site& site, std::span<const ArticleSummary> articles, const Assets& assets,
                  const Sink& sink) {
    Entries all;
    std::map<std::string, Entries> sections;
    for (const ArticleSummary& article : articles) {
        all.push_back(&article);
        for (const std::string& key : article.sections) sections[key].push_back(&article);
    }
    ListWriter writer(site, assets, sink);
    writer.write_list(all_place(site), all);
    for (const Section& section : site.mirror.sections)
        writer.write_list(section_place(section), sections[section.key]);
    writer.write_home(all, sections);
    // Without it, Git hosts' page services would run the files through a site generator.
    if (!site.is_html()) sink({.path = ".nojekyll", .bytes = {}});
}

}  // namespace heliograph::render
