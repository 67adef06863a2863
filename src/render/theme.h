// SPDX-License-Identifier: GPL-3.0-or-later
// How pages look: templates, style sheets and the words of each language.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/config.h"
#include "render/interfaces.h"
#include "render/theme_files.h"
#include "render/values.h"

namespace heliograph::render {

// Of the <body> of home, which is the only page with one.
inline constexpr std::string_view kHomeClass = "home";

enum class Page : std::uint8_t { kArticle, kHome, kList, kArchive, kRedirect, kTombstone };

// May be used from several threads.
class Theme {
  public:
    // Errors: kConfig for a template that does not parse, naming file and line, and for a file of a
    // name that no theme has.
    [[nodiscard]] static Result<Theme> open(PageFormat format, Interfaces interfaces,
                                            const ThemeFiles& files);
    Theme(Theme&&) noexcept;
    Theme& operator=(Theme&&) noexcept;
    ~Theme();

    // The words are those of `interface`, one of interfaces().
    // "{{name}}" is escaped as the format asks, "{{{name}}}" stands as it is. The words are there
    // as "{{t_key}}"; in HTML also the style sheet as "{{{style}}}", without rules for classes that
    // stand in templates of other pages only, and its hash as the content security policy has it,
    // "sha256-…", as "{{{style_hash}}}"; that of tombstones as
    // "{{{small_style}}}" and "{{{small_style_hash}}}".
    [[nodiscard]] std::string render(Page page, const Values& values,
                                     const Interface& interface) const;

    // An SVG picture; empty for Markdown.
    [[nodiscard]] const std::string& icon() const;
    // The scripts of a mirror whose pages can be read offline; empty for Markdown.
    [[nodiscard]] const std::string& offline_script() const;
    [[nodiscard]] const std::string& worker_script() const;
    [[nodiscard]] const Interfaces& interfaces() const;
    // Changes with any template, style or word.
    [[nodiscard]] const std::string& fingerprint() const;

  private:
    struct State;
    explicit Theme(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace heliograph::render
