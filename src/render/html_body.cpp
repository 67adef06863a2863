// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/html_body.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "html/article_html.h"
#include "html/escape.h"
#include "render/body.h"

namespace heliograph::render {
namespace {

using html::ArticleToken;

// The elements of article HTML (docs/formats/article-html.md) that are written as they stand, and
// the attributes that each may have beside lang and dir.
struct Element {
    std::string_view name;
    std::array<std::string_view, 2> attributes{};
};
constexpr auto kElements = std::to_array<Element>({
    {"a", {"href"}},
    {"abbr", {"title"}},
    {"blockquote"},
    {"br"},
    {"caption"},
    {"cite"},
    {"code"},
    {"dd"},
    {"del"},
    {"dl"},
    {"dt"},
    {"em"},
    {"figcaption"},
    {"figure"},
    {"h2"},
    {"h3"},
    {"h4"},
    {"h5"},
    {"h6"},
    {"hr"},
    {"ins"},
    {"kbd"},
    {"li"},
    {"mark"},
    {"ol", {"start"}},
    {"p"},
    {"pre"},
    {"q"},
    {"rp"},
    {"rt"},
    {"ruby"},
    {"s"},
    {"small"},
    {"strong"},
    {"sub"},
    {"sup"},
    {"table"},
    {"tbody"},
    {"td", {"colspan", "rowspan"}},
    {"tfoot"},
    {"th", {"colspan", "rowspan"}},
    {"thead"},
    {"time", {"datetime"}},
    {"tr"},
    {"u"},
    {"ul"},
});
static_assert(std::ranges::is_sorted(kElements, {}, &Element::name));

const Element* find_element(std::string_view name) {
    const auto* found = std::ranges::lower_bound(kElements, name, {}, &Element::name);
    return found != kElements.end() && found->name == name ? found : nullptr;
}

void add_attribute(std::string& out, const ArticleToken& token, std::string_view name) {
    const std::string value = html::attribute_value(token, name);
    if (value.empty() || (name == "href" && !is_safe_link(value))) return;
    out += ' ';
    out += name;
    out += "=\"";
    html::append_escaped_attribute(out, value);
    out += '"';
}

std::string place_holder(std::string_view alt, const BodyContext& context) {
    std::string out = "<span class=\"missing\">";
    html::append_escaped_text(out, context.text("picture_missing"));
    if (!alt.empty()) out += ": ";
    html::append_escaped_text(out, alt);
    return out + "</span>";
}

std::string inline_picture(const ArticleToken& token, const BodyContext& context) {
    const std::string alt = html::attribute_value(token, "alt");
    const Asset* asset = context.picture(html::attribute_value(token, "src"));
    if (asset == nullptr) return place_holder(alt, context);
    // A sign within a sentence is as large as its page made it, however many pixels it has.
    const std::string width = html::attribute_value(token, "width");
    const std::string height = html::attribute_value(token, "height");
    const bool sized = !width.empty() && !height.empty();
    return fmt::format(R"(<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">)",
                       html::escape_attribute(context.to_root + asset_path(*asset)),
                       html::escape_attribute(alt),
                       html::escape_attribute(sized ? width : fmt::to_string(asset->width)),
                       html::escape_attribute(sized ? height : fmt::to_string(asset->height)));
}

// How wide pictures stand at most in our style (theme/html/style.css): the column of an article,
// and the lead story of home beside its text are as good as equal.
constexpr std::string_view kSizes = "(min-width:38rem) 36rem, calc(100vw - 2rem)";
// One of two columns; narrower windows do not show it.
constexpr std::string_view kSizesInColumn = "(min-width:62rem) 29rem, 50vw";

// The sizes of the picture in one format, for a browser to choose from; empty when there is none.
std::string srcset(const Asset& asset, std::string_view media_type, const BodyContext& context,
                   PicturePlace place) {
    std::string out;
    int count = 0;
    for (const Asset& file : files_of(asset)) {
        if (file.media_type != media_type) continue;
        ++count;
        if (!out.empty()) out += ", ";
        out += fmt::format("{} {}w", html::escape_attribute(context.to_root + asset_path(file)),
                           file.width);
    }
    if (count == 0 || (count == 1 && media_type == asset.media_type)) return {};
    return fmt::format(R"( srcset="{}" sizes="{}")", out,
                       place == PicturePlace::kColumnOfHome ? kSizesInColumn : kSizes);
}

}  // namespace

std::string html_picture(const Asset* asset, std::string_view alt, const BodyContext& context,
                         PicturePlace place) {
    if (asset == nullptr) return place_holder(alt, context);
    std::string out = fmt::format(R"(<img src="{}"{} alt="{}" width="{}" height="{}"{}>)",
                                  html::escape_attribute(context.to_root + asset_path(*asset)),
                                  srcset(*asset, asset->media_type, context, place),
                                  html::escape_attribute(alt), asset->width, asset->height,
                                  place == PicturePlace::kLead ? "" : R"( loading="lazy")");
    // The other format, if there is one, goes before it for browsers that know it.
    const auto other = std::ranges::find_if(
        asset->others, [&](const Asset& file) { return file.media_type != asset->media_type; });
    if (other == asset->others.end()) return out;
    return fmt::format(R"(<picture><source type="{}"{}>{}</picture>)", other->media_type,
                       srcset(*asset, other->media_type, context, place), out);
}

std::string html_body(std::string_view article_html, const BodyContext& context) {
    std::string out;
    out.reserve(article_html.size() + article_html.size() / 8);
    html::ArticleReader reader(article_html);
    bool in_figure = false;
    int depth = 0;
    for (ArticleToken token; reader.next(token);) {
        if (token.kind == ArticleToken::Kind::kText) {
            out += token.text;  // escaped already, and without "<" or ">"
            continue;
        }
        const bool is_start = token.kind == ArticleToken::Kind::kStart;
        if (token.name == "figure") in_figure = is_start;
        if (token.name == "img") {
            out += in_figure ? html_picture(context.picture(html::attribute_value(token, "src")),
                                            html::attribute_value(token, "alt"), context)
                             : inline_picture(token, context);
            continue;
        }
        const Element* element = find_element(token.name);
        if (element == nullptr) continue;
        if (!is_start) {
            out += "</";
            out += token.name;
            out += '>';
            if (token.name == "table") out += "</div>";
            if (--depth == 0) out += '\n';  // changes of a page are then changes of lines
            continue;
        }
        // A wide table scrolls within its own box, so that the page never does.
        if (token.name == "table") out += "<div class=\"scroll\" tabindex=\"0\">";
        out += '<';
        out += token.name;
        const std::string embed =
            token.attributes.empty() ? std::string() : html::attribute_value(token, "data-embed");
        if (!embed.empty()) out += token.name == "figure" ? " class=\"embed\"" : " class=\"post\"";
        if (!token.attributes.empty()) {
            for (const std::string_view name : element->attributes)
                if (!name.empty()) add_attribute(out, token, name);
            add_attribute(out, token, "lang");
            add_attribute(out, token, "dir");
        }
        out += '>';
        if (token.name == "hr" && depth == 0) out += '\n';
        if (token.name != "br" && token.name != "hr") ++depth;
        if (token.name == "figure" && !embed.empty()) {
            out += "<span class=\"kind\">";
            html::append_escaped_text(out, context.text("embed_" + embed));
            out += "</span> ";
        }
    }
    return out;
}

}  // namespace heliograph::render
