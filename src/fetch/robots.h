// SPDX-License-Identifier: GPL-3.0-or-later
// robots.txt: what a site asks robots not to read (RFC 9309).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/url.h"

namespace heliograph::fetch {

// What is read of a robots.txt; what is beyond is ignored (RFC 9309 section 2.5).
inline constexpr std::size_t kMaxRobotsBytes = 500 * 1024;

// Whoever asks for more asks for an hour a page: a run would never end.
inline constexpr std::chrono::seconds kMaxCrawlDelay{30};

// The product token in a User-Agent ("Heliograph/0.1 (+https://...)" gives "Heliograph"): letters,
// "_" and "-" at its beginning (RFC 9309 section 2.2.1). May be empty.
[[nodiscard]] std::string product_token(std::string_view user_agent);

class Robots {
  public:
    // Allows everything.
    Robots() = default;

    // Reads the groups for `product_token`, failing these those for "*". Never fails: lines that
    // cannot be understood are left out. Bytes beyond kMaxRobotsBytes are not read.
    [[nodiscard]] static Robots parse(std::string_view bytes, std::string_view product_token);

    // The longest rule that matches path and query decides; of two as long, the allowing one
    // (RFC 9309 section 2.2.2). /robots.txt itself is always allowed.
    [[nodiscard]] bool allows(const Url& url) const;

    // How far apart requests are to be, by the group's Crawl-delay (not in RFC 9309, but widely
    // meant), at most kMaxCrawlDelay; 0 when it says nothing.
    [[nodiscard]] std::chrono::milliseconds crawl_delay() const { return crawl_delay_; }

    // Values of its Sitemap lines, as written: they belong to no group.
    [[nodiscard]] const std::vector<std::string>& sitemaps() const { return sitemaps_; }

  private:
    struct Rule {
        std::string pattern;
        bool allows = false;
    };
    std::vector<Rule> rules_;
    std::chrono::milliseconds crawl_delay_{};
    std::vector<std::string> sitemaps_;
};

}  // namespace heliograph::fetch
