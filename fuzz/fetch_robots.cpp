// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a robots.txt says, it is read in time, itself may be read, and a group for another
// robot does not matter to us.
#include "fetch/robots.h"

#include "fuzz/property.h"
#include "html/url.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    static const Url own = html::parse_url("https://a.example/robots.txt").value();
    static const Url page = html::parse_url("https://a.example/a/b%2Fc/d.html?e=$*f").value();
    const std::string_view text = fuzz::as_text(data, size);
    const auto robots = fetch::Robots::parse(text, "Heliograph");
    fuzz::require(robots.allows(own), "robots.txt itself may always be read");
    const bool allows = robots.allows(page);
    // The end of whatever group was open, then one for another robot: changes nothing for us.
    if (text.size() < fetch::kMaxRobotsBytes / 2) {
        const auto more = fetch::Robots::parse(
            std::string(text) +
                "\nAllow: /there-is-no-such-page\nUser-agent: SomebodyElseBot\nDisallow: /\n",
            "Heliograph");
        fuzz::require(more.allows(page) == allows, "another robot's group is not ours");
    }
    return 0;
}
