// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/theme.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <kainjow/mustache.hpp>
#include <sstream>
#include <utility>

#include "base/hash.h"
#include "base/utf8.h"
#include "html/escape.h"
#include "render/embedded.h"
#include "render/markdown.h"

namespace heliograph::render {
namespace {

using kainjow::mustache::mustache;

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

// Notes, line ends and the space before lines off: readers pay for them with each page.
std::string compact_style(std::string_view css) {
    std::string out;
    while (!css.empty()) {
        if (css.starts_with("/*")) {
            const std::size_t end = css.find("*/", 2);
            css.remove_prefix(end == std::string_view::npos ? css.size() : end + 2);
        } else if (css.front() == '\n') {
            css.remove_prefix(std::min(css.find_first_not_of(" \n\t"), css.size()));
        } else {
            out += css.front();
            css.remove_prefix(1);
        }
    }
    return out;
}

// mustache says "... at 123", a byte of the template; people look for a line.
Error template_error(std::string_view name, std::string_view source, const std::string& message) {
    const std::size_t digits = message.find_last_not_of("0123456789") + 1;
    std::size_t position = 0;
    std::from_chars(message.data() + digits, message.data() + message.size(), position);
    const auto line =
        1 + std::ranges::count(source.substr(0, std::min(position, source.size())), '\n');
    const std::size_t at = message.rfind(" at ");
    return {ErrorCode::kConfig,
            fmt::format("{}:{}: {}", name, line,
                        ascii_lower(message.substr(0, at == std::string::npos ? digits : at)))};
}

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

    // A template with its partials ("{{> head}}") put in, each without its last line feed. Each
    // file is parsed by itself, so that an error names the file that has it.
    Result<std::string> read_template(std::string_view name, int depth = 0) {
        constexpr int kMaxPartials = 8;  // one within another; a theme that includes itself ends
        const std::string file_name = std::string(name) + ".mustache";
        auto source = read(file_name);
        if (!source) return source;
        if (const mustache parsed(*source); !parsed.is_valid())
            return std::unexpected(
                template_error(place_of(file_name), *source, parsed.error_message()));
        if (depth > kMaxPartials)
            return fail(ErrorCode::kConfig,
                        fmt::format("'{}' includes itself", place_of(file_name)));
        std::string out;
        std::string_view rest = *source;
        constexpr std::string_view kOpen = "{{>";
        for (std::size_t at = 0; (at = rest.find(kOpen)) != std::string_view::npos;) {
            const std::size_t end = rest.find("}}", at);
            auto part = read_template(trim(rest.substr(at + kOpen.size(), end - at - kOpen.size())),
                                      depth + 1);
            if (!part) return part;
            if (part->ends_with('\n')) part->pop_back();
            out += rest.substr(0, at);
            out += *part;
            rest.remove_prefix(end + 2);  // there is one: it was parsed
        }
        return out += rest;
    }

    [[nodiscard]] Fingerprint& fingerprint() { return read_; }

  private:
    std::string folder_;
    const ThemeFiles& own_;
    Fingerprint read_;
};

}  // namespace

struct Theme::State {
    // mustache's render() is not const: it notes errors of lambdas and partials, which ours have
    // not.
    mutable std::map<Page, mustache> templates;
    Values style{Values::type::object};
    Interfaces interfaces;
    std::map<std::string, Values> words;  // by the language of the interface
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
        const bool is_known =
            std::ranges::any_of(embedded_files(), [&name = name](const EmbeddedFile& file) {
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
    for (const auto& [page, name] : kPages) {
        auto source = loader.read_template(name);
        if (!source) return std::unexpected(std::move(source).error());
        mustache parsed(*source);
        if (!parsed.is_valid())
            return std::unexpected(template_error(name, *source, parsed.error_message()));
        parsed.set_custom_escape([is_html](const std::string& text) {
            return is_html ? html::escape_attribute(text) : escape_markdown(text);
        });
        state->templates.emplace(page, std::move(parsed));
    }
    if (is_html) {
        for (const auto& [name, key] :
             {std::pair{"style.css", "style"}, {"small.css", "small_style"}}) {
            auto style = loader.read(name);
            if (!style) return std::unexpected(std::move(style).error());
            const std::string compact = compact_style(*style);
            state->style.set(std::string(key) + "_hash", "sha256-" + base64(sha256(compact)));
            state->style.set(key, compact);
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
        Values words(Values::type::object);
        loader.fingerprint().add(interface.language);
        for (const auto& [key, text] : interface.texts) {
            words.set("t_" + key, text);
            loader.fingerprint().add(key).add(text);
        }
        state->words.emplace(interface.language, std::move(words));
    }
    state->interfaces = std::move(interfaces);
    state->fingerprint = loader.fingerprint().hex();
    return Theme(std::move(state));
}

std::string Theme::render(Page page, const Values& values, const Interface& interface) const {
    kainjow::mustache::context<std::string> context(&state_->style);
    context.push(&state_->words.at(interface.language));
    context.push(&values);
    std::ostringstream out;
    state_->templates.at(page).render(context, out);
    return std::move(out).str();
}

const std::string& Theme::icon() const { return state_->icon; }
const std::string& Theme::offline_script() const { return state_->offline_script; }
const std::string& Theme::worker_script() const { return state_->worker_script; }
const Interfaces& Theme::interfaces() const { return state_->interfaces; }
const std::string& Theme::fingerprint() const { return state_->fingerprint; }

}  // namespace heliograph::render
