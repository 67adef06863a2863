// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/class_words.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#include "extract/short_words.h"

namespace heliograph::extract {
namespace {

// Longer attributes are utility classes by the dozen or data; their first words say enough.
constexpr std::size_t kMaxNameBytes = 400;

constexpr ShortWords kWords(std::to_array<std::pair<std::string_view, std::uint32_t>>({
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
}));

}  // namespace

std::uint32_t class_roles(std::string_view names) {
    names = names.substr(0, kMaxNameBytes);
    std::uint32_t roles = 0;
    for_each_word_of_names(names, [&](std::size_t begin, std::size_t end) {
        roles |= kWords.bits_of(names.substr(begin, end - begin));
    });
    return roles;
}

std::size_t hash_of_names(std::string_view names) {
    if (names.empty()) return 0;  // it may point nowhere
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
