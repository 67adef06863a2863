// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/hiding_style.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "extract/short_words.h"

namespace heliograph::extract {
namespace {

using Effect = HidingStyle::Effect;

// Names longer than this are data, not conventions.
constexpr std::size_t kMaxClassBytes = 48;
constexpr std::size_t kMaxAttributeBytes = 512;
// Names of one class attribute that are looked at.
constexpr std::size_t kMaxClasses = 40;
// At-rules inside of each other; real sheets have up to three.
constexpr std::size_t kMaxNesting = 16;
// Selectors of one rule. Resets list some dozen.
constexpr std::size_t kMaxSelectors = 200;
constexpr std::size_t kMaxSelectorBytes = 200;
// A selector of more names is about a state.
constexpr std::size_t kMaxCompoundNames = 4;
// Rules about one name; the last ones count.
constexpr std::size_t kMaxRulesOfName = 16;
// From here on an element is outside of every screen; sliders and menus move by less.
constexpr double kOffScreenPixels = 900;
constexpr double kPixelsOfEm = 16;

// Whole names that hide their element, by framework and habit. Sorted.
constexpr auto kHidingClasses = std::to_array<std::string_view>({
    "a11y-hidden",
    "a11y-only",
    "accessible-hide",
    "accessibly-hidden",
    "assistive-text",
    "d-none",
    "display-none",
    "displaynone",
    "dnone",
    "element-hidden",
    "element-invisible",
    "for-screen-reader",
    "for-screen-readers",
    "hidden",
    "hidden-accessible",
    "hidden-metadata",
    "hidden-text",
    "hidden-visually",
    "hide",
    "hide-text",
    "hide-visually",
    "invisible",
    "is-hidden",
    "is-invisible",
    "is-sr-only",
    "is-visually-hidden",
    "js-hidden",
    "js-hide",
    "mw-hidden",
    "no-display",
    "nodisplay",
    "off-screen",
    "offscreen",
    "reader-only",
    "screen-reader",
    "screen-reader-only",
    "screen-reader-text",
    "screen-readers-only",
    "screenreader",
    "screenreader-only",
    "screenreader-text",
    "show-for-sr",
    "slds-assistive-text",
    "slds-hide",
    "sr-hidden",
    "sr-only",
    "sr-only-focusable",
    "sr-text",
    "sronly",
    "text-hide",
    "u-hidden",
    "u-hide",
    "u-hidden-visually",
    "u-sr-only",
    "u-visually-hidden",
    "u-visuallyhidden",
    "ui-helper-hidden",
    "ui-helper-hidden-accessible",
    "uk-hidden",
    "uk-invisible",
    "vhidden",
    "visibility-hidden",
    "visually-hidden",
    "visually-hidden-focusable",
    "visuallyhidden",
});

// Ends of names with the prefix of a design system: "govuk-visually-hidden". "--hidden" is none of
// them: it often stands behind the name of a kind of screen.
constexpr auto kHidingEnds = std::to_array<std::string_view>({
    "--is-hidden",
    "--sr-only",
    "-screen-reader-only",
    "-screen-reader-text",
    "-sr-only",
    "-visually-hidden",
    "-visuallyhidden",
    "__visually-hidden",
    "_visually-hidden",
    "_visuallyhidden",
});

// Each of the names above has one of these words.
constexpr ShortWords kHidingWords(std::to_array<std::pair<std::string_view, std::uint32_t>>({
    {"assistive", 1}, {"display", 1}, {"displaynone", 1},    {"dnone", 1},
    {"hidden", 1},    {"hide", 1},    {"invisible", 1},      {"nodisplay", 1},
    {"none", 1},      {"off", 1},     {"offscreen", 1},      {"only", 1},
    {"reader", 1},    {"screen", 1},  {"screenreader", 1},   {"sr", 1},
    {"sronly", 1},    {"vhidden", 1}, {"visuallyhidden", 1},
}));

// Names that show what another name of the same element hides.
constexpr auto kShowingClasses = std::to_array<std::string_view>({
    "active",
    "current",
    "expanded",
    "in",
    "is-active",
    "is-open",
    "is-shown",
    "is-visible",
    "not-sr-only",
    "open",
    "opened",
    "show",
    "shown",
    "visible",
});

// Words of names of elements that appear when a reader scrolls to them.
constexpr ShortWords kAnimations(std::to_array<std::pair<std::string_view, std::uint32_t>>({
    {"animate", 1},
    {"animated", 1},
    {"animation", 1},
    {"aos", 1},
    {"appear", 1},
    {"elementor", 1},
    {"fade", 1},
    {"fadein", 1},
    {"inview", 1},
    {"lazy", 1},
    {"lazyload", 1},
    {"reveal", 1},
    {"scroll", 1},
    {"wow", 1},
}));

constexpr ShortWords kCollapsibles(std::to_array<std::pair<std::string_view, std::uint32_t>>({
    {"accordion", 1},
    {"collapse", 1},
    {"collapsed", 1},
    {"collapsible", 1},
    {"expandable", 1},
    {"faq", 1},
    {"spoiler", 1},
    {"tabpanel", 1},
    {"toggle", 1},
}));

bool has_word(std::string_view class_attribute, const auto& words) {
    bool found = false;
    for_each_word_of_names(class_attribute, [&](std::size_t begin, std::size_t end) {
        found = found || words.bits_of(class_attribute.substr(begin, end - begin)) != 0;
    });
    return found;
}

bool is_animated(std::string_view class_attribute) {
    return has_word(class_attribute, kAnimations);
}

constexpr bool is_css_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// Calls visit for each name of a class attribute, until it returns false.
template <typename Visitor>  // bool(std::string_view name)
void for_each_class(std::string_view attribute, Visitor&& visit) {
    std::size_t names = 0;
    for (std::size_t i = 0; i < attribute.size() && names < kMaxClasses;) {
        while (i < attribute.size() && is_css_space(attribute[i])) ++i;
        const std::size_t begin = i;
        while (i < attribute.size() && !is_css_space(attribute[i])) ++i;
        if (i > begin && !visit(attribute.substr(begin, i - begin))) return;
        if (i > begin) ++names;
    }
}

// "d-md-block" of Bootstrap, "md:flex" of Tailwind, "visible-xs": shown on some screens.
bool shows_on_some_screens(std::string_view name) {
    static constexpr auto kDisplays = std::to_array<std::string_view>(
        {"block", "contents", "flex", "grid", "inherit", "initial", "inline", "inline-block",
         "inline-flex", "inline-grid", "list-item", "not-sr-only", "table", "table-cell",
         "table-row", "visible"});
    const auto is_display = [](std::string_view value) {
        return std::ranges::find(kDisplays, value) != kDisplays.end();
    };
    if (const std::size_t colon = name.rfind(':'); colon != std::string_view::npos) {
        std::string_view value = name.substr(colon + 1);
        if (value.starts_with('!')) value.remove_prefix(1);
        const std::string_view variant = name.substr(0, colon);
        // Not a state of the reader's pointer.
        return is_display(value) && !variant.contains("hover") && !variant.contains("focus") &&
               !variant.contains("print");
    }
    if (name.starts_with("d-")) {
        const std::size_t dash = name.find('-', 2);
        return dash != std::string_view::npos && is_display(name.substr(dash + 1));
    }
    return name.starts_with("visible-") || name.starts_with("show-for-medium") ||
           name.starts_with("show-for-large");
}

// A value with its unit; nullopt where it begins with no number.
struct Length {
    double number = 0;
    std::string_view unit;

    // Other units than those of a font count as pixels.
    [[nodiscard]] double pixels() const {
        return unit == "em" || unit == "rem" ? number * kPixelsOfEm : number;
    }
    [[nodiscard]] bool is_percentage() const { return unit == "%"; }
};

std::optional<Length> read_length(std::string_view value) {
    bool is_negative = false;
    if (value.starts_with('-') || value.starts_with('+')) {
        is_negative = value[0] == '-';
        value.remove_prefix(1);
    }
    Length length;
    std::size_t i = 0;
    double place = 0;  // of the next digit behind the point
    for (; i < value.size(); ++i) {
        const char c = value[i];
        if (c == '.' && place == 0) {
            place = 0.1;
        } else if (c >= '0' && c <= '9') {
            if (place == 0) {
                length.number = std::min(length.number * 10 + (c - '0'), 1e9);
            } else {
                length.number += place * (c - '0');
                place /= 10;
            }
        } else {
            break;
        }
    }
    if (i == 0) return std::nullopt;
    if (is_negative) length.number = -length.number;
    std::size_t end = i;
    while (end < value.size() && ((value[end] >= 'a' && value[end] <= 'z') || value[end] == '%'))
        ++end;
    length.unit = value.substr(i, end - i);
    return length;
}

// Arguments of a CSS function, at most `most`: "rect(0 0 0 0)", "inset(50%)".
std::vector<Length> read_arguments(std::string_view value, std::size_t most) {
    std::vector<Length> out;
    std::size_t i = std::min(value.find('('), value.size());
    while (i < value.size() && out.size() < most) {
        const char c = value[i];
        if ((c >= '0' && c <= '9') || c == '-' || c == '.') {
            const auto length = read_length(value.substr(i));
            if (!length) break;
            out.push_back(*length);
            while (i < value.size() && value[i] != ' ' && value[i] != ',' && value[i] != ')') ++i;
        } else {
            ++i;
        }
    }
    return out;
}

// Whether a shape of clip or clip-path leaves nothing to see.
bool clips_all(std::string_view value) {
    constexpr std::size_t kMostArguments = 12;
    const std::vector<Length> sides = read_arguments(value, kMostArguments);
    if (value.starts_with("rect(")) {
        // Top, right, bottom, left.
        return sides.size() == 4 &&
               (sides[2].number <= sides[0].number || sides[1].number <= sides[3].number);
    }
    if (value.starts_with("inset(")) {
        if (sides.empty() || !std::ranges::all_of(sides, &Length::is_percentage)) return false;
        const double top = sides[0].number;
        const double bottom = sides.size() > 2 ? sides[2].number : top;
        return top + bottom >= 100;
    }
    if (value.starts_with("circle(") || value.starts_with("ellipse("))
        return !sides.empty() && sides[0].number == 0;
    if (value.starts_with("polygon(")) {
        return sides.size() >= 6 && std::ranges::all_of(sides, [&](const Length& side) {
                   return side.number == sides[0].number;
               });
    }
    return false;
}

bool is_nothing(std::optional<Length> length, double most) {
    return length && !length->is_percentage() && length->number <= most && length->number >= 0;
}

// Skips a block whose '{' stands at `open`; returns the position behind its end.
std::size_t end_of_block(std::string_view sheet, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < sheet.size(); ++i) {
        if (sheet[i] != '{' && sheet[i] != '}') continue;
        depth += sheet[i] == '{' ? 1 : -1;
        if (depth == 0) return i + 1;
    }
    return sheet.size();
}

std::string without_comments(std::string_view sheet) {
    std::string out;
    out.reserve(sheet.size());
    while (true) {
        const std::size_t begin = sheet.find("/*");
        out += sheet.substr(0, begin);
        if (begin == std::string_view::npos) break;
        const std::size_t end = sheet.find("*/", begin + 2);
        if (end == std::string_view::npos) break;
        sheet.remove_prefix(end + 2);
    }
    return out;
}

// How the rules inside an at-rule are read.
enum class Scope : std::uint8_t { kAlways, kConditional, kNever };

Scope scope_of(std::string_view at_rule) {
    const std::string rule = ascii_lower(at_rule);
    if (rule.starts_with("@layer")) return Scope::kAlways;
    if (rule.starts_with("@supports") || rule.starts_with("@container")) return Scope::kConditional;
    if (!rule.starts_with("@media")) return Scope::kNever;
    const std::string_view query = trim(std::string_view(rule).substr(6));
    if (query == "all" || query == "screen" || query == "only screen") return Scope::kAlways;
    const bool is_for_print =
        (query.starts_with("print") || query.starts_with("only print")) && !query.contains(',');
    return is_for_print ? Scope::kNever : Scope::kConditional;
}

// Properties that read_hiding_style() reads.
enum class Property : std::uint8_t {
    kNone,
    kClip,
    kContentVisibility,
    kDisplay,
    kHeight,
    kOffset,
    kOpacity,
    kOverflow,
    kPosition,
    kTextIndent,
    kVisibility,
    kWidth,
};

// Returns which property a name means. Most declarations are about looks, and a page has thousands,
// so the first letter decides about most names.
Property property_of(std::string_view name) {
    using Named = std::pair<std::string_view, Property>;
    const auto first_of = [&](std::initializer_list<Named> properties) {
        for (const auto& [property, meaning] : properties)
            if (name.size() == property.size() && starts_with_ignoring_ascii_case(name, property))
                return meaning;
        return Property::kNone;
    };
    if (name.empty()) return Property::kNone;
    switch (name[0] | 0x20) {
        case '-':
            return first_of({{"-webkit-clip-path", Property::kClip}});
        case 'b':
            return first_of({{"bottom", Property::kOffset}});
        case 'c':
            return first_of({{"clip", Property::kClip},
                             {"clip-path", Property::kClip},
                             {"content-visibility", Property::kContentVisibility}});
        case 'd':
            return first_of({{"display", Property::kDisplay}});
        case 'h':
            return first_of({{"height", Property::kHeight}});
        case 'l':
            return first_of({{"left", Property::kOffset}});
        case 'm':
            return first_of({{"margin-left", Property::kOffset},
                             {"margin-top", Property::kOffset},
                             {"max-height", Property::kHeight}});
        case 'o':
            return first_of({{"opacity", Property::kOpacity},
                             {"overflow", Property::kOverflow},
                             {"overflow-y", Property::kOverflow}});
        case 'p':
            return first_of({{"position", Property::kPosition}});
        case 'r':
            return first_of({{"right", Property::kOffset}});
        case 't':
            return first_of({{"top", Property::kOffset}, {"text-indent", Property::kTextIndent}});
        case 'v':
            return first_of({{"visibility", Property::kVisibility}});
        case 'w':
            return first_of({{"width", Property::kWidth}});
        default:
            return Property::kNone;
    }
}

// Returns whether the declaration at the front of `rest` may by itself hide or show an element.
// Cheap: looks at the beginning of the name only.
bool begins_hiding(std::string_view rest) {
    const auto begins = [&](std::string_view name) {
        return starts_with_ignoring_ascii_case(rest, name);
    };
    switch (rest.front() | 0x20) {
        case 'd':
            return begins("display");
        case 'v':
            return begins("visibility");
        case 'c':
            return begins("clip") || begins("content-visibility");
        case 'p':
            return begins("position");
        case 't':
            return begins("text-indent");
        case '-':
            return begins("-webkit-clip");
        default:
            return false;
    }
}

// The block behind a '{' of a sheet.
struct CssBlock {
    std::size_t end = 0;     // position of the first '{' or '}' inside, or the end of the sheet
    bool may_hide = false;   // whether a declaration before `end` may hide or show an element
    bool is_nested = false;  // whether a '{' stands at `end`
};

constexpr auto kEndsDeclaration = [] {
    std::array<bool, 256> ends{};
    for (const char c : {';', '{', '}'}) ends[static_cast<unsigned char>(c)] = true;
    return ends;
}();

// Scans the declarations behind the '{' before `begin` in one pass.
CssBlock scan_block(std::string_view sheet, std::size_t begin) {
    CssBlock block;
    std::size_t at = begin;
    while (true) {
        while (at < sheet.size() && is_css_space(sheet[at])) ++at;
        if (at < sheet.size() && !block.may_hide) block.may_hide = begins_hiding(sheet.substr(at));
        while (at < sheet.size() && !kEndsDeclaration[static_cast<unsigned char>(sheet[at])]) ++at;
        if (at == sheet.size() || sheet[at] != ';') break;
        ++at;
    }
    block.end = at;
    block.is_nested = at < sheet.size() && sheet[at] == '{';
    return block;
}

constexpr bool ends_compound(char c) { return is_css_space(c) || c == '>' || c == '+' || c == '~'; }

constexpr bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// A name at the front of a selector, which it is taken off. Escapes lose their backslash.
std::string take_name(std::string_view& selector) {
    std::string out;
    std::size_t i = 0;
    for (; i < selector.size(); ++i) {
        if (selector[i] == '\\' && i + 1 < selector.size()) {
            out += selector[++i];
        } else if (is_name_byte(selector[i])) {
            out += selector[i];
        } else {
            break;
        }
    }
    selector.remove_prefix(i);
    return out;
}

}  // namespace

bool HidingStyle::says_anything() const {
    return std::ranges::any_of(effects, [](Effect effect) { return effect != Effect::kNone; });
}

HidingStyle read_hiding_style(std::string_view declarations) {
    HidingStyle style;
    const auto say = [&](HidingStyle::Way way, bool hides, bool is_important) {
        if (style.is_important[way] && !is_important) return;
        style.effects[way] = hides ? Effect::kHides : Effect::kShows;
        style.is_important[way] = is_important;
    };
    bool is_out_of_flow = false;
    bool is_moved_away = false;
    bool cuts_overflow = false;
    std::optional<Length> width;
    std::optional<Length> height;
    while (!declarations.empty()) {
        const std::size_t end = std::min(declarations.find(';'), declarations.size());
        const std::string_view declaration = declarations.substr(0, end);
        declarations.remove_prefix(std::min(end + 1, declarations.size()));
        const std::size_t colon = declaration.find(':');
        constexpr std::size_t kMaxValueBytes = 200;  // longer ones are pictures and fonts
        if (colon == std::string_view::npos || declaration.size() - colon > kMaxValueBytes)
            continue;
        const std::string_view given_name = trim(declaration.substr(0, colon));
        const Property property = property_of(given_name);
        if (property == Property::kNone) continue;
        const std::string text = ascii_lower(trim(declaration.substr(colon + 1)));
        const std::size_t mark = text.find('!');
        const bool is_important = mark != std::string::npos && text.contains("important");
        const std::string_view value = trim(std::string_view(text).substr(0, mark));
        const auto length = read_length(value);
        switch (property) {
            case Property::kDisplay:
                say(HidingStyle::kDisplay, value == "none", is_important);
                break;
            case Property::kVisibility:
                say(HidingStyle::kVisibility, value == "hidden" || value == "collapse",
                    is_important);
                break;
            case Property::kContentVisibility:
                if (value == "hidden") say(HidingStyle::kVisibility, true, is_important);
                break;
            case Property::kOpacity:
                if (length) say(HidingStyle::kOpacity, length->number == 0, is_important);
                break;
            case Property::kClip:
                say(HidingStyle::kClip, clips_all(value), is_important);
                break;
            case Property::kPosition:
                is_out_of_flow = value == "absolute" || value == "fixed";
                if (!is_out_of_flow) say(HidingStyle::kClip, false, is_important);
                break;
            case Property::kOffset:
                is_moved_away = is_moved_away || (length && !length->is_percentage() &&
                                                  length->pixels() <= -kOffScreenPixels);
                break;
            case Property::kTextIndent:
                if (length && length->pixels() <= -kOffScreenPixels)
                    say(HidingStyle::kClip, true, is_important);
                break;
            case Property::kOverflow:
                cuts_overflow = value == "hidden" || value == "clip";
                break;
            case Property::kWidth:
                width = length;
                break;
            case Property::kHeight:
                height = length;
                break;
            case Property::kNone:
                break;
        }
    }
    const bool is_tiny =
        cuts_overflow && ((is_nothing(width, 1) && is_nothing(height, 1)) || is_nothing(height, 0));
    if ((is_out_of_flow && is_moved_away) || is_tiny) say(HidingStyle::kClip, true, false);
    return style;
}

bool is_hidden_by_style(std::string_view style) {
    const HidingStyle read = read_hiding_style(style);
    const auto hides = [&](HidingStyle::Way way) { return read.effects[way] == Effect::kHides; };
    // What moves or fades comes into sight when a reader scrolls to it.
    const bool is_moving =
        style.contains("transition") || style.contains("animation") || style.contains("transform");
    return hides(HidingStyle::kDisplay) || hides(HidingStyle::kClip) ||
           (!is_moving && (hides(HidingStyle::kVisibility) || hides(HidingStyle::kOpacity)));
}

bool is_collapsible(std::string_view class_attribute) {
    return has_word(class_attribute.substr(0, kMaxAttributeBytes), kCollapsibles);
}

bool is_hidden_by_class(std::string_view class_attribute) {
    if (!has_word(class_attribute.substr(0, kMaxAttributeBytes), kHidingWords)) return false;
    bool hides = false;
    bool shows = false;
    for_each_class(class_attribute, [&](std::string_view name) {
        if (name.size() > kMaxClassBytes) return true;
        const std::string lower = ascii_lower(name);
        hides = hides || std::ranges::find(kHidingClasses, lower) != kHidingClasses.end() ||
                std::ranges::any_of(kHidingEnds,
                                    [&](std::string_view end) { return lower.ends_with(end); });
        shows = shows || shows_on_some_screens(lower) ||
                std::ranges::find(kShowingClasses, lower) != kShowingClasses.end();
        return !shows;
    });
    return hides && !shows && !is_animated(class_attribute);
}

HidingRules HidingRules::of_page(std::string_view page_utf8) {
    constexpr std::string_view kOpen = "<style";
    constexpr std::string_view kClose = "</style";
    constexpr std::size_t kMaxTagBytes = 500;
    HidingRules rules;
    std::size_t left = kMaxStyleBytes;
    for (std::size_t at = page_utf8.find(kOpen); at != std::string_view::npos;
         at = page_utf8.find(kOpen, at)) {
        const std::size_t begin = page_utf8.find('>', at);
        if (begin == std::string_view::npos) break;
        const std::size_t end = std::min(page_utf8.find(kClose, begin), page_utf8.size());
        const std::string_view tag = page_utf8.substr(at, std::min(begin - at, kMaxTagBytes));
        const std::string_view before =
            page_utf8.substr(at - std::min(at, kMaxTagBytes), std::min(at, kMaxTagBytes));
        const std::size_t noscript = before.rfind("<noscript");
        const bool is_for_no_script =
            noscript != std::string_view::npos && !before.substr(noscript).contains("</noscript");
        const std::string_view sheet = page_utf8.substr(begin + 1, end - begin - 1);
        at = end;
        if (is_for_no_script || tag.contains("print") || sheet.size() > left) continue;
        left -= sheet.size();
        rules.read_sheet(sheet);
    }
    rules.index();
    return rules;
}

void HidingRules::read_sheet(std::string_view sheet) {
    std::string clean;
    if (sheet.contains("/*")) {
        clean = without_comments(sheet);
        sheet = clean;
    }
    std::vector<Scope> scopes;
    for (std::size_t at = 0; at < sheet.size() && rules_.size() < kMaxHidingRules;) {
        // Ends of at-rules and statements like @import stand before the next rule.
        std::size_t mark = at;
        for (; mark < sheet.size(); ++mark) {
            if (!kEndsDeclaration[static_cast<unsigned char>(sheet[mark])]) continue;
            if (sheet[mark] == '{') break;
            if (sheet[mark] == '}' && !scopes.empty()) scopes.pop_back();
            at = mark + 1;
        }
        if (mark == sheet.size()) break;
        const std::string_view prelude = trim(sheet.substr(at, mark - at));
        if (prelude.starts_with('@')) {
            const Scope scope = scope_of(prelude.substr(0, kMaxSelectorBytes));
            if (scope == Scope::kNever || scopes.size() >= kMaxNesting) {
                at = end_of_block(sheet, mark);
            } else {
                const bool is_conditional = !scopes.empty() && scopes.back() == Scope::kConditional;
                scopes.push_back(is_conditional ? Scope::kConditional : scope);
                at = mark + 1;
            }
            continue;
        }
        // Rules inside of rules are left out.
        const CssBlock block = scan_block(sheet, mark + 1);
        at = block.is_nested ? end_of_block(sheet, mark) : std::min(block.end + 1, sheet.size());
        if (!block.may_hide) continue;
        const std::string_view declarations = sheet.substr(mark + 1, block.end - mark - 1);
        const HidingStyle style = read_hiding_style(declarations);
        if (style.says_anything())
            read_rule(prelude, style, !scopes.empty() && scopes.back() == Scope::kConditional);
    }
}

void HidingRules::read_rule(std::string_view selectors, const HidingStyle& style,
                            bool is_conditional) {
    for (std::size_t count = 0; !selectors.empty() && count < kMaxSelectors; ++count) {
        const std::size_t end = std::min(selectors.find(','), selectors.size());
        read_selector(trim(selectors.substr(0, end)), style, is_conditional);
        selectors.remove_prefix(std::min(end + 1, selectors.size()));
    }
}

void HidingRules::read_selector(std::string_view selector, const HidingStyle& style,
                                bool is_conditional) {
    if (selector.empty() || selector.size() > kMaxSelectorBytes) return;
    // The subject is the last compound.
    std::size_t begin = selector.size();
    while (begin > 0 &&
           !(ends_compound(selector[begin - 1]) && (begin < 2 || selector[begin - 2] != '\\')))
        --begin;
    bool is_simple = begin == 0;
    selector.remove_prefix(begin);
    Rule rule;
    if (!selector.empty() && (is_name_byte(selector[0]) || selector[0] == '\\'))
        rule.tag = ascii_lower(take_name(selector));
    while (!selector.empty()) {
        const char kind = selector[0];
        if (kind == ':') {
            // A pseudo-element is no element; a state is not how the page begins.
            for (const std::string_view state : {"::", ":before", ":after", ":hover", ":focus",
                                                 ":active", ":target", ":checked", ":visited"})
                if (selector.starts_with(state)) return;
        }
        if (kind != '.' && kind != '#') {
            is_simple = false;
            break;
        }
        selector.remove_prefix(1);
        std::string name = take_name(selector);
        if (name.empty()) return;
        if (kind == '#')
            rule.id = std::move(name);
        else
            rule.classes.push_back(std::move(name));
        if (rule.classes.size() > kMaxCompoundNames) return;
    }
    if (rule.id.empty() && rule.classes.empty()) return;
    rule.is_conditional = is_conditional || !is_simple;
    rule.style = style;
    if (rules_.size() < kMaxHidingRules) rules_.push_back(std::move(rule));
}

void HidingRules::index() {
    const bool hides_something = std::ranges::any_of(rules_, [](const Rule& rule) {
        return !rule.is_conditional &&
               std::ranges::find(rule.style.effects, Effect::kHides) != rule.style.effects.end();
    });
    if (!hides_something) {
        // Names like "hidden" may still be given another meaning.
        std::erase_if(rules_, [](const Rule& rule) {
            return std::ranges::none_of(rule.classes, is_hidden_by_class);
        });
    }
    for (std::uint32_t i = 0; i < rules_.size(); ++i) {
        const Rule& rule = rules_[i];
        std::vector<std::uint32_t>& named =
            by_name_[rule.classes.empty() ? '#' + rule.id : '.' + rule.classes.front()];
        if (named.size() == kMaxRulesOfName) named.erase(named.begin());
        named.push_back(i);
    }
}

bool HidingRules::knows_id(std::string_view id) const {
    return !id.empty() && id.size() <= kMaxSelectorBytes &&
           by_name_.contains('#' + std::string(id));
}

bool HidingRules::knows_class(std::string_view class_attribute) const {
    if (rules_.empty()) return false;
    bool is_known = false;
    std::string key;
    for_each_class(class_attribute, [&](std::string_view name) {
        key = '.';
        key += name.substr(0, kMaxSelectorBytes);
        is_known = by_name_.contains(key);
        return !is_known;
    });
    return is_known;
}

HidingStyle::Effect HidingRules::effect_on(html::Node element) {
    struct Winner {
        int rank = -1;
        std::uint32_t rule = 0;
        Effect effect = Effect::kNone;
    };
    std::array<Winner, HidingStyle::kWays> winners;
    const std::string_view class_attribute = element.class_name();
    const std::string_view id = element.id();
    const auto has_class = [&](std::string_view wanted) {
        bool found = false;
        for_each_class(class_attribute, [&](std::string_view name) {
            found = name == wanted;
            return !found;
        });
        return found;
    };
    const auto consider = [&](std::uint32_t number) {
        constexpr int kImportant = 1'000'000;
        if (comparisons_left_ == 0) return;
        --comparisons_left_;
        const Rule& rule = rules_[number];
        if ((!rule.tag.empty() && rule.tag != element.name()) ||
            (!rule.id.empty() && rule.id != id) || !std::ranges::all_of(rule.classes, has_class))
            return;
        for (std::size_t way = 0; way < winners.size(); ++way) {
            const Effect effect = rule.style.effects[way];
            if (effect == Effect::kNone || (rule.is_conditional && effect == Effect::kHides))
                continue;
            const int rank = rule.specificity() + (rule.style.is_important[way] ? kImportant : 0);
            Winner& winner = winners[way];
            if (rank < winner.rank || (rank == winner.rank && number < winner.rule)) continue;
            winner = {.rank = rank, .rule = number, .effect = effect};
        }
    };
    const auto consider_all = [&](const std::string& key) {
        const auto found = by_name_.find(key);
        if (found != by_name_.end()) std::ranges::for_each(found->second, consider);
    };
    if (!id.empty() && id.size() <= kMaxSelectorBytes) consider_all('#' + std::string(id));
    std::string key;
    for_each_class(class_attribute, [&](std::string_view name) {
        key = '.';
        key += name.substr(0, kMaxSelectorBytes);
        consider_all(key);
        return true;
    });
    // Only an inline style fades a single element out for good.
    winners[HidingStyle::kOpacity] = {};
    if (is_animated(class_attribute)) winners[HidingStyle::kVisibility] = {};
    bool shows = false;
    for (const Winner& winner : winners) {
        if (winner.effect == Effect::kHides) return Effect::kHides;
        shows = shows || winner.effect == Effect::kShows;
    }
    return shows ? Effect::kShows : Effect::kNone;
}

}  // namespace heliograph::extract
