// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/pages.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/hash.h"
#include "model/list.h"
#include "render/language.h"
#include "render/markdown.h"
#include "render/qr.h"

namespace heliograph::render {
namespace {

// A tag's folder is its key where that is short and ASCII, else a hash of it. No key can look like
// such a hash: "_" of a tag is a space of its key.
constexpr std::size_t kMaxTagFolder = 40;
constexpr std::size_t kTagHash = 10;

std::string tag_folder(std::string_view key) {
    const bool is_plain =
        !key.empty() && key.size() <= kMaxTagFolder && std::ranges::all_of(key, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ';
        });
    if (!is_plain) return fmt::format("_{}", base32(sha256(key), kTagHash));
    std::string folder(key);
    std::ranges::replace(folder, ' ', '-');
    return folder;
}

Values menu_values(const Site& site, const PageFrame& frame, const Interface& interface) {
    Values menu = Values::list();
    const std::string to_root = path_to_whole(site, frame.path);
    const auto add = [&](std::string text, std::string_view language, const std::string& path) {
        Values item = Values::object();
        item.set("text", std::move(text));
        item.set("href", to_root + path);
        item.set("first", menu.is_empty_list());
        item.set("here", path == frame.path);
        set_own_language(item, language, interface.language);
        menu.push_back(std::move(item));
    };
    add(interface.word("home"), interface.language, home_path(site));
    for (const ListPlace& place : frame.menu) {
        const bool is_word = !place.text_key.empty();
        add(is_word ? interface.word(place.text_key) : place.name,
            is_word ? interface.language : site.mirror.language, index_path(site, place));
    }
    return menu;
}

}  // namespace

std::string Site::text(std::string_view key) const {
    return theme.interfaces().of_mirror().word(key);
}

const Part* Site::part_of(std::chrono::sys_seconds appeared) const {
    const auto found = std::ranges::find_if(
        target.parts, [&](const Part& part) { return is_in_period(appeared, part.period); });
    return found == target.parts.end() ? nullptr : &*found;
}

const Section* Site::section(std::string_view key) const {
    const auto found = std::ranges::find(mirror.sections, key, &Section::key);
    return found == mirror.sections.end() ? nullptr : &*found;
}

ListPlace section_place(const Section& section) {
    return {.folder = "sections/" + section.key + "/", .name = section.name};
}

ListPlace all_place(const Site& site) {
    return {.folder = "all/", .name = site.text("all"), .text_key = "all"};
}

ListPlace month_place(std::string_view month) {
    return {.folder = fmt::format("months/{}/{}/", month.substr(0, 4), month.substr(5)),
            .name = std::string(month)};
}

ListPlace tag_place(std::string_view key, std::string name) {
    return {.folder = "tags/" + tag_folder(key) + "/", .name = std::move(name)};
}

ListPlace hot_place(const Site& site) {
    return {.folder = "hot/", .name = site.text("hot"), .text_key = "hot"};
}

ListPlace months_place(const Site& site) {
    return {.folder = "months/", .name = site.text("months"), .text_key = "months"};
}

ListPlace tags_place(const Site& site) {
    return {.folder = "tags/", .name = site.text("tags"), .text_key = "tags"};
}

std::string home_path(const Site& site) { return site.is_html() ? "index.html" : "README.md"; }

std::string article_path(const Site& site, const ArticleSummary& article) {
    const std::string day = format_day(utc_moment(appeared(article)));
    const auto section = std::ranges::find_if(
        article.sections, [&](const std::string& key) { return site.section(key) != nullptr; });
    const std::array<std::pair<std::string_view, std::string_view>, 5> words = {{
        {"{yyyy}", std::string_view(day).substr(0, 4)},
        {"{mm}", std::string_view(day).substr(5, 2)},
        {"{dd}", std::string_view(day).substr(8)},
        {"{section}", section == article.sections.end() ? "other" : std::string_view(*section)},
        {"{id}", article.id},
    }};
    std::string path;
    for (std::string_view rest = site.target.article_path; !rest.empty();) {
        const auto* word = std::ranges::find_if(
            words, [&](const auto& one) { return rest.starts_with(one.first); });
        // A bracket that begins no word is one of the path.
        const std::size_t length =
            word != words.end() ? word->first.size() : std::min(rest.find('{', 1), rest.size());
        path += word != words.end() ? word->second : rest.substr(0, length);
        rest.remove_prefix(length);
    }
    return path += site.extension();
}

std::string article_link(const Site& site, const ArticleSummary& article,
                         const std::string& to_root) {
    std::string suffix = site.target.link_suffix;
    if (const std::size_t at = suffix.find("{id}"); at != std::string::npos)
        suffix.replace(at, 4, article.id);
    const Part* part = site.part_of(appeared(article));
    return (part == nullptr ? to_root : part->base_url) + article_path(site, article) + suffix;
}

std::string companion_path(const Site& site, const Companion& companion) {
    return "go/" + companion.key + std::string(site.extension());
}

std::string index_path(const Site& site, const ListPlace& place) {
    return place.folder + home_path(site);
}

std::string archive_folder_path(const Site& site, const ListPlace& place, std::size_t folder) {
    return fmt::format("{}archive/{}/{}", place.folder, folder, home_path(site));
}

std::string archive_path(const Site& site, const ListPlace& place, std::size_t number) {
    return fmt::format("{}archive/{}/{}{}", place.folder, number / kPagesPerFolder, number,
                       site.extension());
}

std::string revision_path(std::string_view page_path, int number) {
    const std::size_t dot = page_path.rfind('.');
    return fmt::format("{}-r{}{}", page_path.substr(0, dot), number, page_path.substr(dot));
}

std::string qr_path(std::string_view page_path) {
    return fmt::format("qr/{}.png", page_path.substr(0, page_path.rfind('.')));
}

std::string path_to_root(std::string_view path) {
    std::string out;
    for (const char c : path)
        if (c == '/') out += "../";
    return out;
}

std::string path_to_whole(const Site& site, std::string_view path) {
    return site.target.whole_url.empty() ? path_to_root(path) : site.target.whole_url;
}

const std::string& base_of(const Site& site, const ArticleSummary& article) {
    const Part* part = site.part_of(appeared(article));
    return part == nullptr ? site.target.base_url : part->base_url;
}

std::string moment_text(const DateTime& time) {
    if (!time.has_time) return format_local(time);
    const std::string machine = format_rfc3339(time);
    constexpr std::size_t kOffsetLength = 6;  // "+08:00"
    return format_local(time) + ' ' +
           (machine.ends_with('Z') ? "UTC" : machine.substr(machine.size() - kOffsetLength));
}

Values moment_values(const DateTime& time) {
    Values values = Values::object();
    values.set("machine", format_rfc3339(time));
    values.set("text", moment_text(time));
    return values;
}

DateTime utc_moment(std::chrono::sys_seconds time) {
    return {.utc = time, .offset = {}, .has_time = true};
}

void set_own_language(Values& values, std::string_view language, std::string_view page_language) {
    // Set to false rather than left out: mustache would go on to look in the page.
    const bool same = language.empty() || language == page_language;
    const bool turned = !same && is_right_to_left(language) != is_right_to_left(page_language);
    values.set("own_lang", same ? Values(false) : Values(std::string(language)));
    values.set("own_dir", turned ? Values(std::string(direction(language))) : Values(false));
}

void finish_page(const Site& site, Page page, const PageFrame& frame, Values& values,
                 const Sink& sink) {
    const std::string& mirror_language = site.mirror.language;
    const std::string& language = frame.language.empty() ? mirror_language : frame.language;
    values.set("title", frame.title);
    values.set("mirror_title", site.mirror.title);
    values.set("head_title", frame.title == site.mirror.title
                                 ? frame.title
                                 : frame.title + " – " + site.mirror.title);
    values.set("lang", language);
    values.set("dir", std::string(direction(language)));
    const Interface& interface = site.interface_of(frame.language);
    values.set("interface_lang", interface.language);
    values.set("interface_dir", std::string(direction(interface.language)));
    values.set("menu", menu_values(site, frame, interface));
    // One link, whatever companions there are: their names and addresses change no page but their
    // own and home.
    values.set("has_companions", !site.mirror.companions.empty());
    values.set("companions_href", path_to_whole(site, frame.path) + home_path(site) +
                                      (site.is_html() ? "#mirrors" : ""));
    const std::string address = site.target.base_url + frame.path;
    values.set("address", address);
    const auto code = make_qr_code(address);
    if (site.is_html()) {
        if (page == Page::kHome) values.set("page_class", kHomeClass);
        // Its script belongs to the whole.
        const bool is_offline = site.mirror.offline && site.target.part_of.empty();
        values.set("offline",
                   is_offline ? Values(path_to_root(frame.path) + "offline.js") : Values(false));
        if (code) values.set("qr", qr_svg(*code, interface.word("qr")));
    } else {
        values.set("rtl", is_right_to_left(language));
        values.set("interface_rtl", is_right_to_left(interface.language));
        values.set("address_link", markdown_address(address));
        if (code) {
            const std::string path = qr_path(frame.path);
            values.set("qr", path_to_root(frame.path) + path);
            sink({.path = path, .bytes = qr_png(*code)});
        }
    }
    sink({.path = frame.path, .bytes = site.theme.render(page, values, interface)});
}

}  // namespace heliograph::render
