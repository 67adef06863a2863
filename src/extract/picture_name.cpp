// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/picture_name.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

// A shorter name is that of many files.
constexpr std::size_t kMinNameBytes = 6;
// A shorter number may be one of pixels.
constexpr std::size_t kMinIdBytes = 5;

// A name without size marks and extension: "bridge-1024x683.jpg" is "bridge". A plain number at the
// end ("bridge_1200") is a size, or tells pictures of one series apart.
enum class Number : bool { kIsSize, kIsName };
std::string_view without_size(std::string_view name, Number number) {
    // "w1200_h630_x10_y20_bridge"
    while (true) {
        const std::size_t mark = name.find('_');
        if (mark == std::string_view::npos || mark < 3 || mark > 6) break;
        if (std::string_view("whxy").find(name.front()) == std::string_view::npos ||
            name.substr(1, mark - 1).find_first_not_of("0123456789") != std::string_view::npos)
            break;
        name.remove_prefix(mark + 1);
    }
    if (const std::size_t dot = name.rfind('.');
        dot != std::string_view::npos && name.size() - dot < 6)
        name = name.substr(0, dot);
    // "bridge.fill.size_1200x675.v1"
    if (const std::size_t size = name.find(".size_"); size != std::string_view::npos)
        name = name.substr(0, size);
    if (name.ends_with(".fill")) name.remove_suffix(5);
    // "-1024x683", "_1200", "@2x", "-scaled"
    for (bool again = true; again;) {
        again = false;
        if (name.ends_with("-scaled")) {
            name.remove_suffix(7);
            again = true;
        }
        const std::size_t mark = name.find_last_of("-_@");
        if (mark == std::string_view::npos || mark < 5) break;
        const std::string_view size = name.substr(mark + 1);
        const bool is_size = !size.empty() && size.size() <= 9 &&
                             size.find_first_not_of("0123456789xXw") == std::string_view::npos &&
                             (size.contains('x') || (number == Number::kIsSize &&
                                                     (size.size() == 3 || size.size() == 4)));
        if (is_size) {
            name = name.substr(0, mark);
            again = true;
        }
    }
    return name;
}

// A word of a file's name that a machine made of the picture's bytes.
constexpr std::size_t kLeastHash = 24;
bool is_hash(std::string_view word) {
    return word.size() >= kLeastHash &&
           word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Takes off the end of a file's name what says which of its sizes or cuts a picture is: "scaled",
// "wide", and a hash where enough of a name is left, with a width behind it ("-<hash>-s1200"; "s24"
// behind other words may be a telephone).
void drop_cut(std::string& name) {
    constexpr std::size_t kLeastName = 12;
    static const WordList cuts("crop|custom|scaled|sq|square|std|wide");
    const auto last_word = [&](std::size_t end) {
        const std::size_t mark = end == 0 ? std::string::npos : name.find_last_of("-_", end - 1);
        return mark == std::string::npos ? end : mark + 1;
    };
    while (true) {
        const std::size_t begin = last_word(name.size());
        if (begin < 2 || begin == name.size()) return;
        const std::string_view word = std::string_view(name).substr(begin);
        const std::size_t before = last_word(begin - 1);
        const bool is_width = (word[0] == 's' || word[0] == 'w') && word.size() > 1 &&
                              word.find_first_not_of("0123456789", 1) == std::string_view::npos &&
                              is_hash(std::string_view(name).substr(before, begin - 1 - before));
        if (!(is_hash(word) && begin > kLeastName) && !is_width && !cuts.contains(word)) return;
        name.resize(begin - 1);
    }
}

bool is_generic(std::string_view name) {
    static const WordList generic(
        "original|default|master|rendition|renditions|image|images|img|large|medium|small|header|"
        "thumbnail|thumb|thumbs|hero-image|facebook|twitter|photo|photos|picture|pictures|cover|"
        "poster|teaser|desktop|mobile|standard|full|crop|media|content|product-image|main-image|"
        "lead-image|featured-image");
    return generic.contains(name.substr(0, name.find('.')));
}

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// A folder's name that a machine made for one picture.
bool is_made_name(std::string_view name) {
    return name.size() >= kLeastHash &&
           name.find_first_not_of("0123456789abcdef-") == std::string_view::npos;
}

// "1200x800", "16:9", "0_192_4000_2400".
bool is_size_or_cut(std::string_view name) {
    return name.find_first_not_of("0123456789xX,:_-.") == std::string_view::npos &&
           (name.size() < kMinNameBytes || name.contains('x') ||
            std::ranges::count(name, '_') >= 3);
}

bool has_picture_ending(std::string_view path) {
    return path.ends_with(".jpg") || path.ends_with(".jpeg") || path.ends_with(".png") ||
           path.ends_with(".webp") || path.ends_with(".JPG") || path.ends_with(".gif");
}

// Returns the text with its percent-encoded bytes decoded.
std::string percent_decoded(std::string_view text) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'                 ? c - '0'
               : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 87
                                                    : -1;
    };
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_code = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
                             digit(text[i + 2]) >= 0;
        out += is_code ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
        if (is_code) i += 2;
    }
    return out;
}

// Returns where the address of the picture begins in the query of a server that scales pictures:
// "/_next/image?url=%2Fim%2Fcrane.jpg&w=640". npos when there is none.
std::size_t inner_parameter(std::string_view address) {
    const std::size_t query = address.find('?');
    if (query == std::string_view::npos) return std::string_view::npos;
    for (const std::string_view name : {"url=", "src=", "image=", "img=", "path=", "file="}) {
        for (std::size_t at = address.find(name, query); at != std::string_view::npos;
             at = address.find(name, at + 1)) {
            if (address[at - 1] != '?' && address[at - 1] != '&' && address[at - 1] != ';')
                continue;
            const std::string_view value = address.substr(at + name.size());
            if (value.starts_with('/') || starts_with_ignoring_ascii_case(value, "%2F"))
                return at + name.size();
        }
    }
    return std::string_view::npos;
}

// The address of the picture itself, without query.
std::string_view inner_address(std::string_view address) {
    const std::string_view path = address.substr(0, std::min(address.find('?'), address.size()));
    if (has_picture_ending(path)) address = path;
    for (const std::string_view scheme : {"https://", "http://", "https%3A%2F%2F"}) {
        if (address.find("http", 1) == std::string_view::npos) break;  // nearly always
        if (const std::size_t inner = address.rfind(scheme);
            inner != std::string_view::npos && inner > 0)
            address = address.substr(inner);
    }
    if (const std::size_t inner = inner_parameter(address); inner != std::string_view::npos)
        address = address.substr(inner);
    return address.substr(0, std::min(address.find_first_of("?#&"), address.size()));
}

// Takes the last part of an address's path off it; empty when only the host is left.
std::string_view take_last_part(std::string_view& address) {
    while (address.ends_with('/')) address.remove_suffix(1);
    const std::size_t slash = address.rfind('/');
    const std::size_t escaped =
        address.contains('%') ? address.rfind("%2F") : std::string_view::npos;
    std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
    if (escaped != std::string_view::npos && escaped + 3 > begin) begin = escaped + 3;
    const std::string_view part = address.substr(begin);
    address = address.substr(0, begin == 0 ? 0 : begin - 1);
    // The host is no name of a picture.
    const std::size_t host = address.find("//");
    if (address.ends_with('/') || host == std::string_view::npos ||
        address.find('/', host + 2) == std::string_view::npos)
        address = {};
    return part;
}

// "harbour-300x200" and "harbour" are one picture.
std::string without_pixels(std::string_view name) {
    std::string key;
    for (std::size_t i = 0; i < name.size();) {
        std::size_t end = i;
        while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
        if (end > i && end < name.size() && name[end] == 'x') {
            std::size_t second = end + 1;
            while (second < name.size() && name[second] >= '0' && name[second] <= '9') ++second;
            if (second > end + 1) {
                while (key.ends_with('-') || key.ends_with('_')) key.pop_back();
                i = second;
                continue;
            }
        }
        key += name[i++];
    }
    return key;
}

}  // namespace

std::string_view name_in_address(std::string_view address) {
    address = inner_address(address);
    while (!address.empty()) {
        const std::string_view name = without_size(take_last_part(address), Number::kIsSize);
        if (name.size() >= kMinNameBytes && !is_generic(name) && !is_size_or_cut(name)) return name;
    }
    return {};
}

namespace {

// Returns the key of an address that names the picture in its path.
std::string key_of_path(std::string_view address) {
    std::string_view rest = inner_address(address);
    const bool has_ending = has_picture_ending(rest);
    std::string key;
    bool is_file = true;
    while (!rest.empty()) {
        const std::string_view part = take_last_part(rest);
        std::string name =
            without_pixels(ascii_lower(is_file ? without_size(part, Number::kIsName) : part));
        drop_cut(name);
        // A short number is that of a picture in a folder where the file is called so, and a size
        // above files that are all called the same.
        const bool is_size = !is_file && (is_number(name) ? key.empty() && name.size() < kMinIdBytes
                                                          : is_size_or_cut(name));
        const bool says_nothing = name.empty() || is_generic(name) || is_size;
        // A word without an ending may be a program that gives any picture: "/getimage?id=7".
        const bool is_own =
            !says_nothing && name.size() >= kMinNameBytes &&
            (!is_file || has_ending || name.find_first_of("0123456789-_") != std::string::npos);
        if (is_own && is_number(key) && is_made_name(name)) key.clear();
        if (!says_nothing) key = key.empty() ? std::move(name) : name + '/' + key;
        if (is_own) break;
        if (is_file && !has_ending)
            key += address.substr(std::min(address.find('?'), address.size()));
        is_file = false;
    }
    return key.empty() ? ascii_lower(address) : key;
}

}  // namespace

std::string picture_key(std::string_view address) {
    const std::size_t inner = inner_parameter(address);
    if (inner == std::string_view::npos) return key_of_path(address);
    // The picture that the server scales, at the same host.
    const std::size_t host = address.find("//");
    std::string plain(address.substr(
        0, host == std::string_view::npos ? 0 : std::min(address.find('/', host + 2), inner)));
    const std::string_view value = address.substr(inner);
    plain += percent_decoded(value.substr(0, value.find('&')));
    return key_of_path(plain);
}

}  // namespace heliograph::extract
