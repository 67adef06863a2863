// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/class_words.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <utility>

namespace heliograph::extract {
namespace {

// Longer attributes are utility classes by the dozen or data; their first words say enough.
constexpr std::size_t kMaxNameBytes = 400;
constexpr std::size_t kMaxWordBytes = 24;

using Word = std::pair<std::string_view, std::uint32_t>;

constexpr Word kWords[] = {
    {"abstract", kRoleStandfirst},
    {"ad", kRoleAd},
    {"ads", kRoleAd},
    {"advert", kRoleAd},
    {"advertisement", kRoleAd},
    {"articlebody", kRoleBody},
    {"aside", kRoleAside},
    {"attribution", kRoleCredit},
    {"auteur", kRoleAuthor},
    {"author", kRoleAuthor},
    {"authors", kRoleAuthor},
    {"authorname", kRoleAuthor},
    {"bylinename", kRoleAuthor | kRoleByline},
    {"postauthor", kRoleAuthor},
    {"authored", kRoleAuthor},
    {"autor", kRoleAuthor},
    {"autore", kRoleAuthor},
    {"autoren", kRoleAuthor},
    {"avatar", kRoleLogo},
    {"banner", kRoleAd},
    {"bio", kRoleBio},
    {"biography", kRoleBio},
    {"breadcrumb", kRoleAside},
    {"breadcrumbs", kRoleAside},
    {"byline", kRoleAuthor | kRoleByline},
    {"bylines", kRoleAuthor | kRoleByline},
    {"caption", kRoleCaption},
    {"captions", kRoleCaption},
    {"chapo", kRoleStandfirst},
    {"columnist", kRoleAuthor},
    {"comment", kRoleComment},
    {"comments", kRoleComment},
    {"contributor", kRoleAuthor},
    {"contributors", kRoleAuthor},
    {"copyright", kRoleCredit},
    {"creator", kRoleAuthor},
    {"credit", kRoleCredit},
    {"credits", kRoleCredit},
    {"creditline", kRoleCredit},
    {"data", kRoleDate},
    {"date", kRoleDate},
    {"dateline", kRoleDate},
    {"datepublished", kRoleDate},
    {"dates", kRoleDate},
    {"datetime", kRoleDate},
    {"datum", kRoleDate},
    {"deck", kRoleStandfirst},
    {"dek", kRoleStandfirst},
    {"disqus", kRoleComment},
    {"excerpt", kRoleStandfirst},
    {"fecha", kRoleDate},
    {"figcaption", kRoleCaption},
    {"footer", kRoleAside},
    {"hat", kRoleStandfirst},
    {"headline", kRoleTitle},
    {"heading", kRoleTitle},
    {"hed", kRoleTitle},
    {"hidden", kRoleHidden},
    {"icon", kRoleLogo},
    {"intro", kRoleStandfirst},
    {"journalist", kRoleAuthor},
    {"kolumnist", kRoleAuthor},
    {"lead", kRoleStandfirst},
    {"lede", kRoleStandfirst},
    {"logo", kRoleLogo | kRoleSite},
    {"masthead", kRoleSite},
    {"menu", kRoleAside},
    {"meta", 0},
    {"mentions", kRoleComment},
    {"modified", kRoleDate | kRoleUpdated},
    {"more", kRoleAside},
    {"nav", kRoleAside},
    {"navbar", kRoleAside},
    {"navigation", kRoleAside},
    {"newsletter", kRoleAside},
    {"next", kRoleNext},
    {"photographer", kRoleCredit},
    {"popular", kRoleAside},
    {"posted", kRoleDate},
    {"promo", kRoleAside},
    {"pub", kRoleDate},
    {"pubdate", kRoleDate},
    {"publish", kRoleDate},
    {"published", kRoleDate},
    {"publication", kRoleDate},
    {"readmore", kRoleAside},
    {"recent", kRoleAside},
    {"recirc", kRoleAside},
    {"recommend", kRoleAside},
    {"recommended", kRoleAside},
    {"recommendations", kRoleAside},
    {"redakteur", kRoleAuthor},
    {"related", kRoleAside},
    {"replies", kRoleComment},
    {"reply", kRoleComment},
    {"reporter", kRoleAuthor},
    {"respond", kRoleComment},
    {"sidebar", kRoleAside},
    {"sitename", kRoleSite},
    {"standfirst", kRoleStandfirst},
    {"strapline", kRoleStandfirst},
    {"subhead", kRoleStandfirst},
    {"subheadline", kRoleStandfirst},
    {"subline", kRoleStandfirst},
    {"subtitle", kRoleStandfirst},
    {"summary", kRoleStandfirst},
    {"synopsis", kRoleStandfirst},
    {"tags", kRoleTags},
    {"taglist", kRoleTags},
    {"teaser", kRoleAside},
    {"teasers", kRoleAside},
    {"tease", kRoleAside},
    {"time", kRoleDate},
    {"timestamp", kRoleDate},
    {"title", kRoleTitle},
    {"trending", kRoleAside},
    {"updated", kRoleDate | kRoleUpdated},
    {"vcard", kRoleAuthor},
    {"verfasser", kRoleAuthor},
    {"vorspann", kRoleStandfirst},
    {"widget", kRoleAside},
    {"writer", kRoleAuthor},
    {"writers", kRoleAuthor},
    {"written", kRoleAuthor},
};

// A small open hash over the words: nearly every word of nearly every page is not in it, and a look
// at one slot says so.
constexpr std::size_t kSlots = 1024;
static_assert(std::size(kWords) < 255);

constexpr std::size_t slot_of(std::string_view word) {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return (hash ^ (hash >> 15U)) % kSlots;
}

constexpr auto kTable = [] {
    std::array<std::uint8_t, kSlots> table{};  // index into kWords plus one
    for (std::size_t i = 0; i < std::size(kWords); ++i) {
        std::size_t slot = slot_of(kWords[i].first);
        while (table[slot] != 0) slot = (slot + 1) % kSlots;
        table[slot] = static_cast<std::uint8_t>(i + 1);
    }
    return table;
}();

std::uint32_t role_of(std::string_view word) {
    for (std::size_t slot = slot_of(word); kTable[slot] != 0; slot = (slot + 1) % kSlots) {
        const auto& [known, roles] = kWords[kTable[slot] - 1U];
        if (known == word) return roles;
    }
    return 0;
}

}  // namespace

std::uint32_t class_roles(std::string_view names) {
    std::uint32_t roles = 0;
    char word[kMaxWordBytes];
    std::size_t length = 0;
    bool after_lower = false;
    const auto end_word = [&] {
        if (length > 1) roles |= role_of({word, std::min(length, kMaxWordBytes)});
        length = 0;
    };
    for (const char c : names.substr(0, kMaxNameBytes)) {
        const bool lower = c >= 'a' && c <= 'z';
        const bool upper = c >= 'A' && c <= 'Z';
        if (!lower && !upper) {
            end_word();
        } else {
            if (upper && after_lower) end_word();
            // A word longer than any of the table matches none: one byte more is kept to tell.
            if (length < kMaxWordBytes) word[length] = static_cast<char>(c | 0x20);
            ++length;
        }
        after_lower = lower;
    }
    end_word();
    return roles;
}

std::size_t hash_of_names(std::string_view names) {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;
    std::uint64_t hash = names.size() * kOdd;
    const auto mix = [&](std::size_t position, std::size_t bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, names.data() + position, bytes);
        hash = (hash ^ word ^ (hash >> 29U)) * kOdd;
    };
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    if (names.size() < kWord) {
        mix(0, names.size());
    } else {
        mix(0, kWord);
        if (names.size() > 2 * kWord) mix(names.size() / 2 - kWord / 2, kWord);
        mix(names.size() - kWord, kWord);
    }
    return static_cast<std::size_t>(hash >> 32U);
}

std::uint32_t ClassWords::roles(std::string_view names) {
    if (names.empty()) return 0;
    Slot& slot = slots_[hash_of_names(names) % slots_.size()];
    if (slot.names != names) slot = {.names = names, .roles = class_roles(names)};
    return slot.roles;
}

}  // namespace heliograph::extract
