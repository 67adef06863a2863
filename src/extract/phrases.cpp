// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/phrases.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/utf8.h"

namespace heliograph::extract {
namespace {

constexpr auto kTail = std::to_array<std::string_view>({
    "about the author",
    "about the writer",
    "add a comment",
    "also on",
    "also read",
    "around the web",
    "comments",
    "editor's picks",
    "editors' picks",
    "explore more",
    "filed under",
    "follow us",
    "follow me",
    "for more information",
    "get the latest",
    "have a tip",
    "join the conversation",
    "join the discussion",
    "keep reading",
    "latest news",
    "latest posts",
    "latest stories",
    "leave a comment",
    "leave a reply",
    "like this",
    "more from",
    "more in",
    "more like this",
    "more news",
    "more on this",
    "more stories",
    "most popular",
    "most read",
    "newsletter",
    "next article",
    "next post",
    "next story",
    "other stories",
    "popular posts",
    "post a comment",
    "posted in",
    "previous article",
    "previous post",
    "read also",
    "read next",
    "read these next",
    "recent posts",
    "recent stories",
    "recommended",
    "related",
    "see also",
    "share this",
    "sign up",
    "similar articles",
    "similar posts",
    "sponsored content",
    "subscribe",
    "suggested reading",
    "tagged",
    "tags",
    "top stories",
    "trending",
    "view comments",
    "what to read next",
    "what's next",
    "you may also",
    "you might also",
    // German
    "auch interessant",
    "das könnte sie auch interessieren",
    "das könnte dich auch interessieren",
    "kommentar schreiben",
    "kommentare",
    "lesen sie auch",
    "mehr aus",
    "mehr zum thema",
    "mehr zu",
    "schlagwörter",
    "schreibe einen kommentar",
    "teilen",
    "über den autor",
    "verwandte artikel",
    "weitere artikel",
    "weiterführende links",
    "ähnliche",
    // French
    "à lire aussi",
    "à lire également",
    "articles similaires",
    "commentaires",
    "laisser un commentaire",
    "lire aussi",
    "partager",
    "sur le même sujet",
    // Spanish, Portuguese, Italian
    "artículos relacionados",
    "artigos relacionados",
    "articoli correlati",
    "comentarios",
    "comentários",
    "commenti",
    "deja un comentario",
    "etiquetas",
    "leggi anche",
    "leia também",
    "lea también",
    "leer más",
    "noticias relacionadas",
    "potrebbe interessarti",
    "te puede interesar",
    "temas relacionados",
    "veja também",
    // Dutch, Swedish, Polish, Turkish
    "czytaj też",
    "czytaj także",
    "czytaj również",
    "gerelateerd",
    "ilgili haberler",
    "komentarze",
    "läs också",
    "lees ook",
    "polecamy",
    "powiązane",
    "zobacz też",
    "zobacz także",
    "zobacz również",
    // Russian, Ukrainian, Greek
    "другие новости",
    "еще по теме",
    "ещё по теме",
    "комментарии",
    "материалы по теме",
    "новости по теме",
    "подписывайтесь",
    "последние новости",
    "последние публикации",
    "похожие",
    "по теме",
    "смотрите также",
    "теги",
    "читай также",
    "читайте также",
    "читайте ещё",
    "читать также",
    "διαβάστε ακόμα",
    "διαβάστε επίσης",
    "δείτε επίσης",
    "σχετικά άρθρα",
    "σχόλια",
    // Chinese, Japanese, Korean
    "相关阅读",
    "相关新闻",
    "相关文章",
    "相关报道",
    "相关推荐",
    "相关链接",
    "相關新聞",
    "相關閱讀",
    "延伸阅读",
    "延伸閱讀",
    "推荐阅读",
    "热门推荐",
    "更多精彩",
    "更多新闻",
    "责任编辑",
    "責任編輯",
    "责编",
    "编辑：",
    "编辑:",
    "分享到",
    "分享至",
    "网友评论",
    "我要评论",
    "发表评论",
    "扫一扫",
    "免责声明",
    "版权声明",
    "声明：",
    "关键词",
    "标签：",
    "上一篇",
    "下一篇",
    "本文来源",
    "関連記事",
    "関連ニュース",
    "おすすめ",
    "あわせて読みたい",
    "この記事をシェア",
    "人気記事",
    "관련기사",
    "관련 기사",
    "무단전재",
    // Arabic, Persian
    "اقرأ أيضا",
    "اقرأ أيضاً",
    "مواضيع ذات صلة",
    "اقرأ المزيد",
    "بیشتر بخوانید",
    "شاهد أيضا",
    "شاهد أيضاً",
    "مطالب مرتبط",
    "اخبار مرتبط",
    // Traditional Chinese
    "凡本網",
    "凡本网",
    "免責聲明",
    "推薦閱讀",
    "更多新聞",
    "標籤：",
    "熱門新聞",
    "版權聲明",
    "發表評論",
    "相關報導",
    "相關文章",
    "關鍵字",
    "關鍵詞",
    // More languages of Europe
    "citește și",
    "čtěte také",
    "čítajte aj",
    "дивіться також",
    "вижте още",
    "ez is érdekelheti",
    "kapcsolódó cikkek",
    "læs også",
    "læs mere",
    "les også",
    "les mer",
    "læs videre",
    "lees meer",
    "lue myös",
    "läs mer",
    "mohlo by vás zajímat",
    "pročitajte i",
    "pročitajte još",
    "прочетете още",
    "povezane vijesti",
    "související články",
    "vezi și",
    "читайте також",
    "קראו גם",
    "כתבות נוספות",
    // More languages of Asia
    "baca juga",
    "berita terkait",
    "tin liên quan",
    "xem thêm",
    "đọc thêm",
    "ये भी पढ़ें",
    "यह भी पढ़ें",
    "इसे भी पढ़ें",
    "यह भी देखें",
    "हे ही वाचा",
    "আরও পড়ুন",
    "আরো পড়ুন",
    "یہ بھی پڑھیں",
    "மேலும் படிக்க",
    "อ่านเพิ่มเติม",
    "ข่าวที่เกี่ยวข้อง",
    "저작권자",
    "무단 전재",
});

constexpr auto kInterjections = std::to_array<std::string_view>({
    "ad",
    "advertisement",
    "advertising",
    "article continues",
    "continue reading",
    "continued below",
    "more:",
    "read:",
    "read more",
    "scroll to continue",
    "story continues",
    "sign up for",
    "click here",
    "getty images",
    "anzeige",
    "werbung",
    "publicité",
    "publicidad",
    "publicidade",
    "pubblicità",
    "reklama",
    "реклама",
    "διαφήμιση",
    "广告",
    "廣告",
    "広告",
    "광고",
});

constexpr auto kAdvertisingLabels = std::to_array<std::string_view>({
    "ad",
    "advertisement",
    "advertisement - scroll to continue",
    "advertisement. scroll to continue reading",
    "advertising",
    "article continues after advertisement",
    "article continues after this advertisement",
    "article continues below",
    "article continues below advertisement",
    "article continues below this ad",
    "continue reading below",
    "continues after advertisement",
    "scroll to continue",
    "scroll to continue with content",
    "story continues after advertisement",
    "story continues below",
    "story continues below advertisement",
    "story continues below this ad",
    "this advertisement has not loaded yet, but your article continues below",
    "anzeige",
    "werbung",
    "publicité",
    "la suite après la publicité",
    "la suite après cette publicité",
    "publicidad",
    "publicidade",
    "continua depois da publicidade",
    "continua após a publicidade",
    "pubblicità",
    "advertentie",
    "annons",
    "annonce",
    "annonse",
    "mainos",
    "reklama",
    "reklam",
    "hirdetés",
    "publicitate",
    "oglas",
    "quảng cáo",
    "iklan",
    "реклама",
    "διαφήμιση",
    "إعلان",
    "اعلان",
    "آگهی",
    "פרסומת",
    "广告",
    "廣告",
    "広告",
    "スポンサーリンク",
    "광고",
    "विज्ञापन",
    "বিজ্ঞাপন",
    "โฆษณา",
});

constexpr auto kColophons = std::to_array<std::string_view>({
    "for the latest stories",
    "for all the latest news",
    "originally published",
    "published in the",
    "reprinted with permission",
    "terms of use:",
    "the views expressed in this",
    "this article appeared",
    "this article first appeared",
    "this article is published by",
    "this article was first published",
    "this article was originally published",
    "this article originally appeared",
    "this article originally published",
    "this entry was posted",
    "this post originally appeared",
    "this post was published",
    "this story appeared",
    "this story first appeared",
    "this story originally appeared",
    "this story was originally published",
    "to contact the author",
    "to contact the editor",
    "to contact the reporter",
    "to contact the writer",
    // German, French, Spanish, Portuguese, Italian, Dutch, Polish
    "dieser artikel erschien",
    "dieser artikel wurde am",
    "dieser beitrag wurde am",
    "dieser eintrag wurde am",
    "cette entrée a été publiée",
    "cet article a été posté",
    "ce contenu a été publié",
    "esta entrada fue publicada",
    "esta entrada se publicó",
    "esta entrada foi publicada",
    "este post foi publicado",
    "questa voce è stata pubblicata",
    "dit bericht is geplaatst",
    "dit bericht werd geplaatst",
    "ten wpis został opublikowany",
    "wpis został opublikowany",
    "dieser artikel ist zuerst erschienen",
    "dieser beitrag erschien",
    "dieser text erschien",
    "haftungsausschluss",
    "original-content von",
    "cet article a été publié",
    "cet article est paru",
    "este artículo fue publicado",
    "este artículo se publicó",
    "este artigo foi publicado",
    "questo articolo è stato pubblicato",
    "artykuł pochodzi",
    // Russian, Ukrainian
    "администрация сайта не несет",
    "запись опубликована",
    "эта запись была опубликована",
    "цей запис було опубліковано",
    "версия для печати",
    "загрузка...",
    "зарегистрируйтесь или войдите",
    "любое использование материалов",
    "мнение редакции может",
    "оцените, пожалуйста",
    "перепечатка материалов",
    "при использовании материалов",
    "просмотров:",
    "прочтений:",
    "використання матеріалів",
    // Chinese, Japanese, Korean
    "免责声明",
    "免責聲明",
    "凡本网",
    "凡本網",
    "版权声明",
    "版權聲明",
    "声明：",
    "聲明：",
    "本文仅代表",
    "※本記事は",
    "記事・写真の無断",
    "本サイトに掲載",
    "저작권자",
    "무단전재",
    "무단 전재",
});

constexpr bool is_ascii_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Phrases by their first byte: a text is held against the few that begin as it does.
template <std::size_t size>
class Beginnings {
  public:
    constexpr explicit Beginnings(std::array<std::string_view, size> phrases) : phrases_(phrases) {
        std::ranges::sort(phrases_);
        for (const std::string_view phrase : phrases_)
            ++end_[static_cast<unsigned char>(phrase[0])];
        for (std::size_t byte = 1; byte < end_.size(); ++byte) end_[byte] += end_[byte - 1];
    }

    [[nodiscard]] std::span<const std::string_view> of(std::string_view text) const {
        if (text.empty()) return {};
        const auto byte = static_cast<unsigned char>(text[0]);
        const std::size_t begin = byte == 0 ? 0 : end_[byte - 1U];
        return std::span(phrases_).subspan(begin, end_[byte] - begin);
    }

  private:
    std::array<std::string_view, size> phrases_;
    std::array<std::uint16_t, 256> end_{};
};

constexpr Beginnings kTailBeginnings(kTail);
constexpr Beginnings kInterjectionBeginnings(kInterjections);
constexpr Beginnings kColophonBeginnings(kColophons);

bool begins_with_any(std::string_view folded, const auto& beginnings) {
    return std::ranges::any_of(beginnings.of(folded), [&](std::string_view phrase) {
        if (!folded.starts_with(phrase)) return false;
        // "related" is not "relatedness"; scripts without spaces have no such ends.
        return folded.size() == phrase.size() || !is_ascii_alphanumeric(phrase.back()) ||
               !is_ascii_alphanumeric(folded[phrase.size()]);
    });
}

// Headings have either apostrophe, phrases the straight one.
char32_t lower_plain(char32_t c) { return c == 0x2019 ? U'\'' : lower(c); }

}  // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool pending_space = false;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (is_space(c)) {
            pending_space = !out.empty();
            continue;
        }
        if (out.empty() && !is_word_character(c)) continue;
        if (pending_space) out += ' ';
        pending_space = false;
        if (c >= 0x80) {
            append_utf8(out, lower_plain(c));
            continue;
        }
        out += static_cast<char>(lower(c));
        // The rest of a word of ASCII.
        for (; i < text.size() && text[i] > ' '; ++i)
            out += static_cast<char>(lower(static_cast<unsigned char>(text[i])));
    }
    return out;
}

bool begins_tail(std::string_view folded) { return begins_with_any(folded, kTailBeginnings); }

bool is_interjection(std::string_view folded) {
    return begins_with_any(folded, kInterjectionBeginnings);
}

bool begins_colophon(std::string_view folded) {
    return begins_with_any(folded, kColophonBeginnings);
}

bool is_advertising_label(std::string_view folded) {
    constexpr std::string_view kEnds = " .:-*";
    while (!folded.empty() && kEnds.contains(folded.back())) folded.remove_suffix(1);
    return std::ranges::find(kAdvertisingLabels, folded) != kAdvertisingLabels.end();
}

bool is_ornament(std::string_view line) {
    constexpr std::u32string_view kSigns = U"*_-–—―=~#•·●○■□◆◇★☆※✦＊～";
    constexpr int kLeastSigns = 3;
    int signs = 0;
    for (std::size_t i = 0; i < line.size();) {
        const char32_t c = next_code_point(line, i);
        if (is_space(c)) continue;
        if (!kSigns.contains(c)) return false;
        ++signs;
    }
    return signs >= kLeastSigns;
}

}  // namespace heliograph::extract
