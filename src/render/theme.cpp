// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/theme.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <utility>

#include "base/hash.h"
#include "base/utf8.h"
#include "html/escape.h"
#include "render/embedded.h"
#include "render/html_body.h"
#include "render/markdown.h"
#include "render/style.h"
#include "render/template.h"

namespace heliograph::render {
namespace {

constexpr auto kPages = std::to_array<std::pair<Page, std::string_view>>({
    {Page::kArticle, "article"},
    {Page::kHome, "home"},
    {Page::kList, "list"},
    {Page::kArchive, "archive"},
    {Page::kRedirect, "redirect"},
    {Page::kTombstone, "tombstone"},
});

// RFC 4648 section 4.
std::string base64(const Sha256& digest) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < digest.size(); i += 3) {
        const auto byte = [&](std::size_t at) { return at < digest.size() ? digest[at] : 0U; };
        const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (int k = 3; k >= 0; --k) out += kAlphabet[group >> (6 * k) & 63];
    }
    out.back() = '=';  // 32 bytes leave one place of the last group unused
    return out;
}

void append_markdown(std::string& out, std::string_view text) { out += escape_markdown(text); }

class Loader {
  public:
    Loader(std::string folder, const ThemeFiles& own) : folder_(std::move(folder)), own_(own) {}

    Result<std::string> read(std::string_view name) {
        const std::string path = folder_ + std::string(name);
        if (const auto own = own_.files.find(path); own != own_.files.end()) {
            read_.add(path).add(own->second);
            return own->second;
        }
        const std::string built_in = "theme/" + path;
        const auto files = embedded_files();
        const auto file = std::ranges::find(files, built_in, &EmbeddedFile::name);
        if (file == files.end())
            return fail(ErrorCode::kConfig, fmt::format("the theme has no file '{}'", path));
        read_.add(path).add(file->text);
        return std::string(file->text);
    }

    // Where the file of that name came from, for errors.
    [[nodiscard]] std::string place_of(std::string_view name) const {
        const std::string path = folder_ + std::string(name);
        return own_.files.contains(path) ? own_.place + path : "theme/" + path;
    }

    // A template with those that it puts in ("{{> head}}"), each without its last line feed.
    Result<Template> read_template(std::string_view name, int depth = 0) {
        constexpr int kMaxPartials = 8;  // one within another; a theme that includes itself ends
        const std::string file_name = std::string(name) + ".mustache";
        auto source = read(file_name);
        if (!source) return std::unexpected(std::move(source).error());
        if (depth > kMaxPartials)
            return fail(ErrorCode::kConfig,
                        fmt::format("'{}' includes itself", place_of(file_name)));
        if (depth > 0 && source->ends_with('\n')) source->pop_back();
        classes_.merge(class_names(*source));
        return Template::parse(place_of(file_name), *source, [this, depth](std::string_view part) {
            return read_template(part, depth + 1);
        });
    }

    // Of the templates read since this was called last.
    [[nodiscard]] ClassNames take_classes() { return std::exchange(classes_, {}); }

    [[nodiscard]] Fingerprint& fingerprint() { return read_; }

  private:
    std::string folder_;
    const ThemeFiles& own_;
    Fingerprint read_;
    ClassNames classes_;
};

// The style sheets as templates write them, and their hashes.
void set_style(Template::Constants& constants, const std::string& key, std::string style) {
    constants.insert_or_assign(key + "_hash", "sha256-" + base64(sha256(style)));
    constants.insert_or_assign(key, std::move(style));
}

// Of all kinds of pages but this one, less what may stand in any body.
ClassNames classes_of_others(const std::map<Page, ClassNames>& classes, Page page) {
    ClassNames others;
    for (const auto& [other, names] : classes)
        for (const std::string& name : names)
            if (!classes.at(page).contains(name) &&
                std::ranges::find(kBodyClasses, name) == kBodyClasses.end())
                others.insert(name);
    return others;
}

}  // namespace

struct Theme::State {
    AppendEscaped escape = nullptr;
    std::map<Page, Template> templates;
    // By the language of the interface.
    std::map<Page, std::map<std::string, Template::Constants>> constants;
    Interfaces interfaces;
    std::string icon;
    std::string offline_script;
    std::string worker_script;
    std::string fingerprint;
};

Theme::Theme(std::unique_ptr<State> state) : state_(std::move(state)) {}
Theme::Theme(Theme&&) noexcept = default;
Theme& Theme::operator=(Theme&&) noexcept = default;
Theme::~Theme() = default;

Result<Theme> Theme::open(PageFormat format, Interfaces interfaces, const ThemeFiles& files) {
    for (const auto& [name, text] : files.files) {
        const bool is_known = std::ranges::any_of(embedded_files(), [&](const EmbeddedFile& file) {
            return file.name == "theme/" + name || name.starts_with("texts/");
        });
        if (!is_known)
            return fail(ErrorCode::kConfig,
                        fmt::format("'{}{}' is no file of a theme: rename or remove it",
                                    files.place, name));
    }
    const bool is_html = format == PageFormat::kHtml;
    Loader loader(is_html ? "html/" : "markdown/", files);
    auto state = std::make_unique<State>();
    state->escape = is_html ? html::append_escaped_attribute : append_markdown;
    std::map<Page, ClassNames> classes;
    for (const auto& [page, name] : kPages) {
        auto made = loader.read_template(name);
        if (!made) return std::unexpected(std::move(made).error());
        state->templates.emplace(page, *std::move(made));
        classes[page] = loader.take_classes();
    }
    classes[Page::kHome].emplace(kHomeClass);
    std::map<Page, Template::Constants> styles;
    if (is_html) {
        auto style = loader.read("style.css");
        if (!style) return std::unexpected(std::move(style).error());
        auto small = loader.read("small.css");
        if (!small) return std::unexpected(std::move(small).error());
        const std::string compact = compact_style(*style);
        Template::Constants of_tombstones;
        set_style(of_tombstones, "small_style", compact_style(*small));
        for (const auto& [page, name] : kPages) {
            styles[page] = of_tombstones;
            set_style(styles[page], "style",
                      without_classes(compact, classes_of_others(classes, page)));
        }
        for (const auto& [name, text] : {std::pair{"icon.svg", &state->icon},
                                         {"offline.js", &state->offline_script},
                                         {"worker.js", &state->worker_script}}) {
            auto file = loader.read(name);
            if (!file) return std::unexpected(std::move(file).error());
            *text = *std::move(file);
        }
    }
    for (const auto& [name, interface] : interfaces.all()) {
        Template::Constants words;
        loader.fingerprint().add(interface.language);
        for (const auto& [key, text] : interface.texts) {
            words.emplace("t_" + key, text);
            loader.fingerprint().add(key).add(text);
        }
        for (const auto& [page, file] : kPages) {
            Template::Constants constants = words;
            constants.merge(Template::Constants(styles[page]));
            state->constants[page].emplace(interface.language, std::move(constants));
        }
    }
    state->interfaces = std::move(interfaces);
    state->fingerprint = loader.fingerprint().hex();
    return Theme(std::move(state));
}

std::string Theme::render(Page page, const Values& values, const Interface& interface) const {
    return state_->templates.at(page).fill(
        values, state_->constants.at(page).at(interface.language), state_->escape);
}

const std::string& Theme::icon() const { return state_->icon; }
const std::string& Theme::offline_script() const { return state_->offline_script; }
const std::string& Theme::worker_script() const { return state_->worker_script; }
const Interfaces& Theme::interfaces() const { return state_->interfaces; }
const std::string& Theme::fingerprint() const { return state_->fingerprint; }

}  // namespace heliograph::render
