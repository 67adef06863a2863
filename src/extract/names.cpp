// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace heliograph::extract {
namespace {

// Longer words are hashes or sentences.
constexpr std::size_t kMaxWordBytes = 16;

// Sorted. English, as themes are written in; German, French, Spanish, Portuguese, Polish, Russian
// and Chinese words in Latin letters where many sites use them.
constexpr auto kWords = std::to_array<std::pair<std::string_view, Names>>({
    {"abstract", kStandfirst},
    {"ad", kAd},
    {"addthis", kShare},
    {"addtoany", kShare},
    {"ads", kAd},
    {"adsbygoogle", kAd},
    {"adsense", kAd},
    {"adslot", kAd},
    {"adunit", kAd},
    {"advert", kAd},
    {"advertisement", kAd},
    {"advertising", kAd},
    {"adverts", kAd},
    {"adwrapper", kAd},
    {"also", kRelated},
    {"anzeige", kAd},
    {"article", kSubject},
    {"articlebody", kBodyName | kGood},
    {"articlecontent", kBodyName | kGood},
    {"articles", kRelated},
    {"articletext", kBodyName | kGood},
    {"artikel", kSubject},
    {"aside", kSide},
    {"author", kAuthor},
    {"authorbio", kAuthor},
    {"authors", kAuthor},
    {"autor", kAuthor},
    {"banner", kAd},
    {"banners", kAd},
    {"bio", kAuthor},
    {"blog", kSubject},
    {"blogroll", kSide},
    {"body", kGood},
    {"bodytext", kBodyName | kGood},
    {"bookmark", kShare},
    {"bottom", kFoot},
    {"breadcrumb", kNav},
    {"breadcrumbs", kNav},
    {"byline", kMeta},
    {"bylines", kMeta},
    {"caption", kCaption},
    {"captions", kCaption},
    {"carousel", kRelated | kGallery},
    {"categories", kTags},
    {"category", kTags},
    {"cmp", kConsent},
    {"code", kCode},
    {"colophon", kFoot},
    {"comment", kComment},
    {"commentaires", kComment},
    {"commentlist", kComment},
    {"comments", kComment},
    {"consent", kConsent},
    {"contenido", kGood},
    {"content", kGood},
    {"contents", kGood},
    {"contenu", kGood},
    {"cookie", kConsent},
    {"cookies", kConsent},
    {"copyright", kFoot},
    {"credit", kCaption},
    {"credits", kCaption},
    {"crumbs", kNav},
    {"cta", kNewsletter},
    {"date", kMeta},
    {"dateline", kMeta},
    {"datetime", kMeta},
    {"deck", kStandfirst},
    {"dek", kStandfirst},
    {"disclaimer", kFoot},
    {"disclosure", kFoot},
    {"disqus", kComment},
    {"donate", kNewsletter},
    {"donation", kNewsletter},
    {"dropdown", kNav},
    {"embed", kEmbed},
    {"entry", kSubject},
    {"excerpt", kStandfirst},
    {"feedback", kComment},
    {"fenxiang", kShare},
    {"fineprint", kFoot},
    {"follow", kShare},
    {"foot", kFoot},
    {"footer", kFoot},
    {"footers", kFoot},
    {"gallery", kGallery},
    {"gdpr", kConsent},
    {"guanggao", kAd},
    {"header", kHeader},
    {"headline", kTitleName},
    {"hidden", kHiddenName},
    {"hide", kHiddenName},
    {"inhalt", kGood},
    {"interlink", kRelated},
    {"intro", kStandfirst},
    {"invisible", kHiddenName},
    {"kommentar", kComment},
    {"kommentare", kComment},
    {"latest", kRelated},
    {"lede", kStandfirst},
    {"legend", kCaption},
    {"login", kPaywall},
    {"masthead", kHeader},
    {"member", kNewsletter},
    {"membership", kNewsletter},
    {"menu", kNav},
    {"meta", kMeta},
    {"metadata", kMeta},
    {"modal", kWidget},
    {"more", kRelated},
    {"mostread", kRelated},
    {"nav", kNav},
    {"navbar", kNav},
    {"navi", kNav},
    {"navigation", kNav},
    {"neirong", kGood},
    {"news", kSubject},
    {"newsletter", kNewsletter},
    {"newsletters", kNewsletter},
    {"optin", kNewsletter},
    {"outbrain", kRelated},
    {"pager", kNav},
    {"pagination", kNav},
    {"paging", kNav},
    {"partager", kShare},
    {"paywall", kPaywall},
    {"petition", kNewsletter},
    {"pinglun", kComment},
    {"popover", kWidget},
    {"popular", kRelated},
    {"popup", kWidget},
    {"post", kSubject},
    {"postbody", kBodyName | kGood},
    {"postcontent", kBodyName | kGood},
    {"postmeta", kMeta},
    {"posts", kRelated},
    {"print", kShare},
    {"privacy", kConsent},
    {"profile", kAuthor},
    {"promo", kRelated},
    {"promos", kRelated},
    {"promotion", kAd},
    {"pubdate", kMeta},
    {"publicidad", kAd},
    {"publicite", kAd},
    {"published", kMeta},
    {"rail", kSide},
    {"rating", kWidget},
    {"ratings", kWidget},
    {"readmore", kRelated},
    {"readnext", kRelated},
    {"recent", kRelated},
    {"recirc", kRelated},
    {"recirculation", kRelated},
    {"recommend", kRelated},
    {"recommendation", kRelated},
    {"recommendations", kRelated},
    {"recommended", kRelated},
    {"registration", kPaywall},
    {"reklama", kAd},
    {"related", kRelated},
    {"relatedposts", kRelated},
    {"relative", 0},
    {"replies", kComment},
    {"reply", kComment},
    {"respond", kComment},
    {"search", kNav},
    {"secondary", kSide},
    {"share", kShare},
    {"sharebar", kShare},
    {"sharedaddy", kShare},
    {"shares", kShare},
    {"sharing", kShare},
    {"sidebar", kSide},
    {"signature", kAuthor},
    {"signup", kNewsletter},
    {"similar", kRelated},
    {"social", kShare},
    {"socials", kShare},
    {"sommaire", kNav},
    {"source", kMeta},
    {"sponsor", kAd},
    {"sponsored", kAd},
    {"sponsors", kAd},
    {"standfirst", kStandfirst},
    {"stories", kRelated},
    {"story", kSubject},
    {"storybody", kBodyName | kGood},
    {"subheadline", kStandfirst},
    {"subline", kStandfirst},
    {"submenu", kNav},
    {"submeta", kMeta},
    {"subscribe", kNewsletter},
    {"subscription", kNewsletter},
    {"subtitle", kStandfirst},
    {"suggested", kRelated},
    {"suggestions", kRelated},
    {"summary", kStandfirst},
    {"survey", kWidget},
    {"taboola", kRelated},
    {"tag", kTags},
    {"tagcloud", kTags},
    {"taglist", kTags},
    {"tags", kTags},
    {"teaser", kRelated},
    {"teasers", kRelated},
    {"teilen", kShare},
    {"text", kGood},
    {"texte", kGood},
    {"texto", kGood},
    {"time", kMeta},
    {"timestamp", kMeta},
    {"title", kTitleName},
    {"toc", kNav},
    {"toolbar", kShare},
    {"tools", kShare},
    {"topics", kTags},
    {"trending", kRelated},
    {"tweet", kEmbed},
    {"twitter", kEmbed},
    {"upsell", kNewsletter},
    {"werbung", kAd},
    {"widget", kWidget},
    {"widgets", kWidget},
    {"xiangguan", kRelated},
    {"zhengwen", kBodyName | kGood},
});
static_assert(std::ranges::is_sorted(kWords));

// A small open hash over the words: nearly every word of nearly every page is not in it, and a look
// at one slot says so.
constexpr std::size_t kSlots = 1024;

constexpr std::size_t slot_of(std::string_view word) {
    std::uint32_t hash = 2166136261U;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return (hash ^ (hash >> 15)) % kSlots;
}

constexpr auto kTable = [] {
    std::array<std::uint8_t, kSlots> table{};  // index into kWords plus one
    static_assert(kWords.size() < 255);
    for (std::size_t i = 0; i < kWords.size(); ++i) {
        std::size_t slot = slot_of(kWords[i].first);
        while (table[slot] != 0) slot = (slot + 1) % kSlots;
        table[slot] = static_cast<std::uint8_t>(i + 1);
    }
    return table;
}();

Names look_up(std::string_view word) {
    for (std::size_t slot = slot_of(word); kTable[slot] != 0; slot = (slot + 1) % kSlots) {
        const auto& [known, names] = kWords[kTable[slot] - 1U];
        if (known == word) return names;
    }
    return 0;
}

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

Names read_names(std::string_view attribute) {
    Names all = 0;
    Names one = 0;  // of the current name
    std::array<char, kMaxWordBytes> word;
    std::size_t size = 0;
    std::size_t size_before = kMaxWordBytes;  // of the word that a capital ended
    bool is_after_digit = false;
    // Bundlers make names of random letters and digits, in which "ad" comes up: "css-1ad9x",
    // "sc-bAdQz". "topAd" and "ad1" are real.
    const auto end_word = [&](bool by_capital) {
        const bool is_chance = is_after_digit || (size == 2 && size_before < 3);
        if (size >= 2 && size <= kMaxWordBytes && !is_chance) one |= look_up({word.data(), size});
        size_before = by_capital ? size : kMaxWordBytes;
        size = 0;
    };
    const auto end_name = [&] {
        end_word(false);
        if ((one & kSubject) != 0 && (one & kGood) != 0) one |= kBodyName;
        all |= one;
        one = 0;
    };
    char previous = 0;
    for (const char c : attribute) {
        if (is_lower(c) || is_upper(c)) {
            // "articleBody" is two words, "ARTICLE" is one.
            if (is_upper(c) && is_lower(previous)) end_word(true);
            if (size == 0) is_after_digit = previous >= '0' && previous <= '9';
            if (size < kMaxWordBytes) {
                word[size] = is_upper(c) ? static_cast<char>(c + 32) : c;
                ++size;
            } else {
                size = kMaxWordBytes + 1;
            }
        } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
            end_name();
        } else {
            end_word(false);
        }
        previous = c;
    }
    end_name();
    return all;
}

}  // namespace heliograph::extract
