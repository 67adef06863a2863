// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "extract/short_words.h"

namespace heliograph::extract {
namespace {

// Of words that say how the next one of a name is meant, and are in no answer.
constexpr Names kMeasure = 1U << 30;  // "margin-bottom", "overflow-hidden": of the element's look
constexpr Names kHas = 1U << 31;      // "has-sidebar", "no-comments": of what is in it, or not

// English, as themes are written in; German, French, Spanish, Portuguese, Polish, Russian
// and Chinese words in Latin letters where many sites use them.
constexpr ShortWords kWords(std::to_array<std::pair<std::string_view, Names>>({
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
    {"align", kMeasure},
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
    {"backface", kMeasure},
    {"banner", kAd},
    {"banners", kAd},
    {"bio", kAuthor},
    {"blog", kSubject},
    {"blogroll", kSide},
    {"body", kGood},
    {"bodytext", kBodyName | kGood},
    {"bookmark", kShare},
    {"border", kMeasure},
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
    {"has", kHas},
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
    {"margin", kMeasure},
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
    {"no", kHas},
    {"optin", kNewsletter},
    {"outbrain", kRelated},
    {"overflow", kMeasure},
    {"pad", kMeasure},
    {"padding", kMeasure},
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
    {"rounded", kMeasure},
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
    {"spacing", kMeasure},
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
    {"vertical", kMeasure},
    {"werbung", kAd},
    {"widget", kWidget},
    {"widgets", kWidget},
    {"with", kHas},
    {"without", kHas},
    {"xiangguan", kRelated},
    {"zhengwen", kBodyName | kGood},
}));

constexpr bool ends_name(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

}  // namespace

Names read_names(std::string_view attribute) {
    Names all = 0;
    Names one = 0;     // of the current name
    Names before = 0;  // of the word before in it
    const auto end_name = [&] {
        if ((one & kSubject) != 0 && (one & kGood) != 0) one |= kBodyName;
        all |= one;
        one = 0;
        before = 0;
    };
    std::size_t begin_before = 0;  // of the word before
    std::size_t end_before = 0;
    for_each_word_of_names(attribute, [&](std::size_t begin, std::size_t end) {
        if (std::ranges::any_of(attribute.substr(end_before, begin - end_before), ends_name))
            end_name();
        // Bundlers make names of random letters and digits, in which "ad" comes up: "css-1ad9x",
        // "sc-bAdQz". "topAd" and "ad1" are real.
        const bool is_after_digit =
            begin > 0 && attribute[begin - 1] >= '0' && attribute[begin - 1] <= '9';
        const bool is_after_scrap =
            begin > 0 && begin == end_before && end - begin == 2 && end_before - begin_before < 3;
        if (!is_after_digit && !is_after_scrap) {
            Names word = kWords.bits_of(attribute.substr(begin, end - begin));
            if ((before & kHas) != 0) word = 0;
            if ((before & kMeasure) != 0) word &= ~(kFoot | kHiddenName);
            before = word;
            one |= word & ~(kMeasure | kHas);
        }
        begin_before = begin;
        end_before = end;
    });
    end_name();
    return all;
}

}  // namespace heliograph::extract
