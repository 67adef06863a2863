// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/robots.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/utf8.h"

namespace heliograph::fetch {
namespace {

// Larger sets of rules are seen nowhere; each one costs time for every address.
constexpr std::size_t kMaxRules = 10'000;
constexpr std::size_t kMaxSitemaps = 1'000;

bool is_token_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_unreserved(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void append_percent_encoded(std::string& out, unsigned char byte) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    out += '%';
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
}

// RFC 9309 section 2.2.2: octets outside ASCII and reserved ones written as %XX compare as such;
// %XX of an unreserved octet is that octet. In an address "*" and "$" are plain octets, which a
// pattern can only mean as %2A and %24.
enum class Part : std::uint8_t { kPattern, kAddress };
std::string comparable(std::string_view path, Part part) {
    std::string out;
    out.reserve(path.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto byte = static_cast<unsigned char>(path[i]);
        if (byte == '%' && i + 2 < path.size() && hexadecimal(path[i + 1]) >= 0 &&
            hexadecimal(path[i + 2]) >= 0) {
            const auto value = static_cast<unsigned char>(hexadecimal(path[i + 1]) * 16 +
                                                          hexadecimal(path[i + 2]));
            i += 2;
            if (is_unreserved(value)) {
                out += static_cast<char>(value);
            } else {
                append_percent_encoded(out, value);
            }
        } else if (byte <= 0x20 || byte >= 0x7F ||
                   (part == Part::kAddress && (byte == '*' || byte == '$'))) {
            append_percent_encoded(out, byte);
        } else {
            out += path[i];
        }
    }
    return out;
}

// Where `piece` begins in `text`, in time linear in both: patterns and paths are a stranger's.
std::size_t find_piece(std::string_view text, std::string_view piece) {
    const void* found = ::memmem(text.data(), text.size(), piece.data(), piece.size());
    if (found == nullptr) return text.npos;
    return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// "*" stands for any run of octets, "$" at the end for the end of the path. Each piece between
// stars is taken where it first occurs: no later place could match more.
bool matches(std::string_view pattern, std::string_view path) {
    const bool to_the_end = pattern.ends_with('$');
    if (to_the_end) pattern.remove_suffix(1);
    std::size_t star = pattern.find('*');
    if (star == pattern.npos) return to_the_end ? path == pattern : path.starts_with(pattern);
    if (!path.starts_with(pattern.substr(0, star))) return false;
    path.remove_prefix(star);
    while (true) {
        pattern.remove_prefix(star + 1);
        star = pattern.find('*');
        const std::string_view piece = pattern.substr(0, star);
        if (star == pattern.npos && to_the_end) return path.ends_with(piece);
        const std::size_t at = find_piece(path, piece);
        if (at == path.npos) return false;
        if (star == pattern.npos) return true;
        path.remove_prefix(at + piece.size());
    }
}

// The next line, however it ends (RFC 9309 section 2.2: CR, LF or both), without its comment.
std::string_view take_line(std::string_view& rest) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return trim(line.substr(0, line.find('#')));
}

// "10", "0.5"; 0 for what is no number.
std::chrono::milliseconds parse_crawl_delay(std::string_view text) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || !(seconds > 0)) return {};
    const double most = std::chrono::duration<double>(kMaxCrawlDelay).count();
    return std::chrono::milliseconds{static_cast<long>(std::min(seconds, most) * 1000)};
}

}  // namespace

std::string product_token(std::string_view user_agent) {
    const auto* end = std::ranges::find_if_not(user_agent, is_token_character);
    return {user_agent.begin(), end};
}

Robots Robots::parse(std::string_view bytes, std::string_view product_token) {
    bytes = bytes.substr(0, kMaxRobotsBytes);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    Robots out;
    std::vector<Rule> for_everyone;
    std::chrono::milliseconds delay_for_everyone{};
    bool ours = false;         // the present group names us
    bool everyones = false;    // it names "*"
    bool found_ours = false;   // some group named us: those for "*" then do not count
    bool group_began = false;  // its first rule was read: the next User-agent begins another
    while (!bytes.empty()) {
        const std::string_view line = take_line(bytes);
        const std::size_t colon = line.find(':');
        if (colon == line.npos) continue;
        const std::string_view key = trim(line.substr(0, colon));
        const std::string_view value = trim(line.substr(colon + 1));
        if (equals_ignoring_ascii_case(key, "user-agent")) {
            if (group_began) ours = everyones = false;
            group_began = false;
            // Sites write versions too ("Heliograph/2.0"); only the token counts.
            const auto named = fetch::product_token(value);
            if (!named.empty() && equals_ignoring_ascii_case(named, product_token))
                ours = found_ours = true;
            if (value.starts_with('*')) everyones = true;
        } else if (const bool allows = equals_ignoring_ascii_case(key, "allow");
                   allows || equals_ignoring_ascii_case(key, "disallow")) {
            group_began = true;
            // An empty pattern matches nothing: "Disallow:" forbids nothing.
            if (value.empty()) continue;
            Rule rule{.pattern = comparable(value, Part::kPattern), .allows = allows};
            if (ours && out.rules_.size() < kMaxRules) out.rules_.push_back(rule);
            if (everyones && for_everyone.size() < kMaxRules)
                for_everyone.push_back(std::move(rule));
        } else if (equals_ignoring_ascii_case(key, "crawl-delay")) {
            // Ends no list of names, as all but the rules themselves.
            if (ours) out.crawl_delay_ = parse_crawl_delay(value);
            if (everyones) delay_for_everyone = parse_crawl_delay(value);
        } else if (equals_ignoring_ascii_case(key, "sitemap")) {
            if (!value.empty() && out.sitemaps_.size() < kMaxSitemaps)
                out.sitemaps_.push_back(to_valid_utf8(value));
        }
        // Other lines belong to no group and end none (RFC 9309 section 2.2.4).
    }
    if (!found_ours) {
        out.rules_ = std::move(for_everyone);
        out.crawl_delay_ = delay_for_everyone;
    }
    return out;
}

bool Robots::allows(const Url& url) const {
    if (url.path == "/robots.txt") return true;
    const auto origin = url.origin().size();
    const std::string path = comparable(
        std::string_view(url.href).substr(std::min(origin, url.href.size())), Part::kAddress);
    const Rule* decisive = nullptr;
    for (const Rule& rule : rules_) {
        const bool outweighs = decisive == nullptr ||
                               rule.pattern.size() > decisive->pattern.size() ||
                               (rule.pattern.size() == decisive->pattern.size() && rule.allows);
        if (outweighs && matches(rule.pattern, path)) decisive = &rule;
    }
    return decisive == nullptr || decisive->allows;
}

}  // namespace heliograph::fetch
