// SPDX-License-Identifier: GPL-3.0-or-later
// Finds out which elements a page hides from its readers by CSS: by an inline style, by a rule of
// its own <style> elements, or by a class name whose meaning is known ("sr-only").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "html/dom.h"

namespace heliograph::extract {

// Bytes of style sheets that are read of one page. Pages of news have up to 600 KB.
inline constexpr std::size_t kMaxStyleBytes = 1024 * 1024;
// Rules that hide or show something. The largest sheets of news pages have some hundred.
inline constexpr std::size_t kMaxHidingRules = 4'000;
// Rules that are compared with elements, all in all. A page of news needs some thousand.
inline constexpr std::size_t kMaxComparisons = 1'000'000;

// Effect of a list of declarations, for each way to hide an element.
struct HidingStyle {
    enum Way : std::uint8_t { kDisplay, kVisibility, kClip, kOpacity, kWays };
    enum class Effect : std::uint8_t { kNone, kShows, kHides };

    std::array<Effect, kWays> effects{};
    std::array<bool, kWays> is_important{};

    [[nodiscard]] bool says_anything() const;
};

// Reads declarations: the value of a style attribute, or what stands between { and } in a sheet.
// Knows display: none, visibility: hidden, opacity: 0, clip and clip-path, boxes of one pixel, and
// places outside of the screen. Linear in the length of the text.
[[nodiscard]] HidingStyle read_hiding_style(std::string_view declarations);

// Whether an inline style hides its element.
[[nodiscard]] bool is_hidden_by_style(std::string_view style);

// Whether a class attribute or a role says that readers open the element themselves: a part of an
// accordion, a tab, a spoiler.
[[nodiscard]] bool is_collapsible(std::string_view class_attribute);

// Whether one of the names of a class attribute hides its element by a wide-spread convention:
// "hidden", "d-none", "sr-only", "visually-hidden", "screen-reader-text". False where another name
// shows the element on some screens ("d-none d-md-block") or when a script starts an animation.
[[nodiscard]] bool is_hidden_by_class(std::string_view class_attribute);

// Rules of the <style> elements of a page. Understands selectors of one compound, such as ".name",
// "#id", "p.name" and ".one.two", in lists. A rule with a longer selector or under a condition
// (@media) never hides anything, but it may show what another rule hides.
class HidingRules {
  public:
    HidingRules() = default;
    // Reads all sheets of the page. Sheets in <noscript> and for print are left out.
    static HidingRules of_page(std::string_view page_utf8);

    [[nodiscard]] bool empty() const { return rules_.empty(); }

    // Whether a rule is about the id, or about one of the names of the class attribute.
    [[nodiscard]] bool knows_id(std::string_view id) const;
    [[nodiscard]] bool knows_class(std::string_view class_attribute) const;

    // What the rules do to the element in the end: the most specific one decides, then the last.
    // kNone for all elements after kMaxComparisons.
    [[nodiscard]] HidingStyle::Effect effect_on(html::Node element);

  private:
    struct Rule {
        std::string tag;  // empty: any
        std::string id;
        std::vector<std::string> classes;
        HidingStyle style;
        bool is_conditional = false;

        [[nodiscard]] int specificity() const {
            return (id.empty() ? 0 : 10'000) + static_cast<int>(classes.size()) * 100 +
                   (tag.empty() ? 0 : 1);
        }
    };

    void read_sheet(std::string_view sheet);
    void read_rule(std::string_view selectors, const HidingStyle& style, bool is_conditional);
    void read_selector(std::string_view selector, const HidingStyle& style, bool is_conditional);
    void index();

    std::vector<Rule> rules_;  // in the order of the page
    // Numbers of rules by ".name" of their first class, or by "#id".
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_name_;
    std::size_t comparisons_left_ = kMaxComparisons;
};

}  // namespace heliograph::extract
