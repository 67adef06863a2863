// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/credit_text.h"

#include <algorithm>

#include "base/utf8.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

// A credit without a lead is a name or two.
constexpr std::size_t kMaxBareCreditWords = 9;
// Words of the name of one photographer.
constexpr std::size_t kMaxNames = 3;
// What may follow a bracket with the credit: the agency once more.
constexpr std::size_t kMaxBehindBracket = 40;

// Bytes of the phrase before a photographer's name that `text` begins with.
std::size_t credit_lead(std::string_view text) {
    static const WordList words(
        "photo by|photograph courtesy of|photographs by|photo:|photo credit:|photo credit|photo "
        "courtesy of|photo courtesy|photograph by|"
        "photograph:|photographer:|photos by|photos:|photography by|picture:|pictured by|"
        "picture by|picture credit:|image:|images:|image credit:|image credits:|image by|"
        "image courtesy of|image source:|image via|credit:|credits:|credit :|credit|courtesy "
        "of|courtesy|"
        "source:|illustration by|illustration:|graphic:|graphic by|submitted by|provided by|"
        "screenshot:|screenshot by|foto:|fotos:|foto :|foto di|foto de|foto von|foto ©|foto -|"
        "bild:|bilder:|quelle:|bildquelle:|bildnachweis:|©|(c)|copyright|copyright:|crédit :|"
        "crédit:|crédits :|crédits:|crédit photo :|photo :|photos :|image :|illustration :|"
        "fotografía:|imagen:|crédito:|créditos:|fonte:|fuente:|zdjęcie:|fot.|źródło:|"
        "фото:|фото |источник:|източник:|снимка:|φωτογραφία:|φωτό:|kép:|fotó:|kilde:|kuva:|"
        "fotoğraf:|foto/|写真：|写真:|写真＝|撮影：|撮影:|撮影／|画像：|画像:|出典：|出典:|"
        "图片来源：|图源：|图片：|图/|图：|图｜|来源：|圖片來源：|圖／|圖:|圖：|圖/"
        "|攝影：|摄影：|摄影/|"
        "사진=|사진:|사진 |사진제공|الصورة:|تصوير:|عکس:|ภาพ:|ảnh:|ارشيف");
    std::size_t longest = 0;
    const std::string small = lowered(text.substr(0, 60));
    words.for_each_prefix_of(small, [&](std::string_view word) {
        // "Photography", "Courtesyman": the phrase is a part of a word.
        const auto last = static_cast<unsigned char>(word.back());
        const bool in_word = last >= 'a' && last <= 'z' && word.size() < small.size() &&
                             small[word.size()] >= 'a' && small[word.size()] <= 'z';
        if (!in_word) longest = std::max(longest, word.size());
    });
    return longest;
}

// Names of those who sell or lend pictures, as whole words.
bool names_agency(std::string_view text) {
    static const WordList agencies(
        "getty images|gettyimages|getty|ap photo|ap images|ap|associated press|afp|reuters|epa|"
        "efe|dpa|pti|ani|xinhua|tass|anadolu|picture alliance|picture-alliance|imago|keystone|"
        "istock|istockphoto|shutterstock|alamy|unsplash|pexels|pixabay|adobe stock|adobestock|"
        "fotolia|flickr|wikimedia commons|wikimedia|belga|ansa|ritzau|apa|ukrinform|bloomberg|"
        "zuma|upi|tns|hulton archive|pa media|pa wire|pa images|press association|epa-efe|"
        "canadian press|depositphotos|dreamstime|instagram|archivo|archiv|cortesía|handout|"
        "file photo|pool|新华社|新華社|中新社|视觉中国|視覺中國|东方ic|共同社|時事通信|路透|路透社|"
        "法新社|美联社|美聯社|연합뉴스|뉴시스|رويترز|أ ف ب|فرانس برس|الأناضول|ایسنا|ایرنا|риа "
        "новости|"
        "риа|тасс");
    const std::string small = lowered(text);
    // Each place where a word begins.
    for (std::size_t at = 0; at < small.size(); ++at) {
        if (at > 0 && (static_cast<unsigned char>(small[at - 1]) >= 0x80 ||
                       (small[at - 1] >= 'a' && small[at - 1] <= 'z')))
            continue;
        bool found = false;
        agencies.for_each_prefix_of(std::string_view(small).substr(at), [&](std::string_view name) {
            const std::size_t end = at + name.size();
            const bool ends = end == small.size() || small[end] < 'a' || small[end] > 'z';
            found = found || ends;
        });
        if (found) return true;
    }
    return false;
}

bool ends_sentence(std::string_view text) {
    for (const std::string_view mark : {".", "!", "?", "。", "！", "？", "؟", ".”", ".\"", "…"})
        if (text.ends_with(mark)) return true;
    return false;
}

// "Ana Ruiz/Daily", "Ana Ruiz / AP": two names with a stroke between.
bool has_stroke(std::string_view text) {
    const std::size_t at = text.find('/');
    if (text.contains("www.") || text.contains("://")) return false;
    return at != std::string_view::npos && at > 1 && at + 2 < text.size();
}

// A text without a lead that is a credit by its looks: short, no sentence, and a stroke or an
// agency in it.
bool is_bare_credit(std::string_view text) {
    text = trim(text);
    const std::size_t words = word_count(text);
    if (words == 0 || words > kMaxBareCreditWords || text.size() > kMaxCreditBytes) return false;
    if (ends_sentence(text) && words > 2) return false;
    // "A bridge in spring / Daily Agency": a caption before the stroke.
    if (const std::size_t stroke = text.rfind(" / ");
        stroke != std::string_view::npos && word_count(text.substr(0, stroke)) > kMaxNames)
        return false;
    const bool initials =
        text.size() >= 2 && text.size() <= 12 &&
        std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; });
    return initials || names_agency(text) || has_stroke(text);
}

// Two to four words that all begin with a capital.
bool is_name(std::string_view text) {
    std::size_t words = 0;
    for (std::size_t begin = 0; begin < text.size(); ++words) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        std::size_t i = begin;
        const char32_t c = next_code_point(text, i);
        if (lower(c) == c) return false;
        begin = end + 1;
    }
    return words >= 2 && words <= 4;
}

std::string_view without_end(std::string_view text, std::initializer_list<std::string_view> marks) {
    for (bool again = true; again;) {
        again = false;
        text = trim(text);
        for (const std::string_view mark : marks) {
            if (!text.ends_with(mark)) continue;
            text.remove_suffix(mark.size());
            again = true;
        }
    }
    return text;
}

Caption made(std::string_view text, std::string_view credit) {
    return {.text = std::string(
                without_end(text, {"|", " -", "–", "—", "/", "（", "(", "【", "[", "•"})),
            .credit = cleaned_credit(credit)};
}

struct Bracket {
    std::string_view open, close;
};
constexpr Bracket kBrackets[] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}};

// "A bridge. (Ana Ruiz/AP)", "A bridge (photo: Ana Ruiz) AP"
bool split_bracket(std::string_view caption, Caption& out) {
    for (const auto& [open, close] : kBrackets) {
        const std::size_t end = caption.rfind(close);
        if (end == std::string_view::npos || caption.size() - end > kMaxBehindBracket) continue;
        const std::size_t begin = caption.rfind(open, end);
        if (begin == std::string_view::npos) continue;
        const std::string_view inside =
            trim(caption.substr(begin + open.size(), end - begin - open.size()));
        if (inside.size() > kMaxCreditBytes) continue;
        const std::string_view before = trim(caption.substr(0, begin));
        const bool alone = before.empty();
        const bool is_person = ends_sentence(before) && is_name(inside);
        if (!is_person && credit_lead(inside) == 0 && !is_bare_credit(inside) &&
            !(lowered(inside).contains("photo") && word_count(inside) < 6))
            continue;
        out = made(alone ? std::string_view{} : caption.substr(0, begin), inside);
        return true;
    }
    return false;
}

// "A bridge. Photo: Ana Ruiz": the credit begins behind a full stop, a bracket, a bar or a stroke;
// the last such place counts.
bool split_lead(std::string_view caption, Caption& out) {
    for (std::size_t at = caption.size(); at-- > 1;) {
        const char before = caption[at - 1];
        const bool space = before == ' ' && at >= 2;
        const char mark = space ? caption[at - 2] : before;
        const bool ascii_border = mark == '.' || mark == ')' || mark == '"' || mark == '-' ||
                                  mark == '!' || mark == '?' || mark == '(' || mark == '|' ||
                                  mark == '/' || mark == ']' || mark == '[' || mark == '*';
        const bool border = ascii_border || static_cast<unsigned char>(mark) >= 0x80 ||
                            static_cast<unsigned char>(caption[at]) == 0xC2;
        if (!border || caption.size() - at > kMaxCreditBytes) continue;
        const std::string_view credit = caption.substr(at);
        if (credit_lead(credit) == 0) continue;
        // A byte inside a character is no place to cut.
        if ((static_cast<unsigned char>(caption[at]) & 0xC0U) == 0x80) continue;
        out = made(caption.substr(0, at), credit);
        return true;
    }
    return false;
}

bool ends_sentence_or_bar(std::string_view text) {
    const auto last = text.empty() ? '\0' : text.back();
    const bool may_end = last == '.' || last == '!' || last == '?' || last == '"' || last == '|' ||
                         last == '(' || last == '[' || static_cast<unsigned char>(last) >= 0x80;
    return may_end && (last == '|' || last == '(' || last == '[' || ends_sentence(text));
}

// Whether a text begins with words that lead to a photographer and goes on with a name or two.
// "Source:" may stand under figures of a text, "copyright" and "credit" in any.
bool begins_with_plain_lead(std::string_view text) {
    const std::size_t length = credit_lead(text);
    if (length == 0 || word_count(text.substr(length)) > kMaxBareCreditWords) return false;
    const std::string lead = lowered(text.substr(0, length));
    for (const std::string_view source : {"source", "quelle", "fonte", "fuente", "źródło", "kilde",
                                          "источник", "източник", "来源", "出典", "provided"})
        if (lead.starts_with(source)) return false;
    return lead.ends_with(':') || lead.ends_with("：") || lead.ends_with("／") ||
           lead.ends_with(" by") || lead.ends_with("courtesy of") || lead.ends_with("fot.");
}

// "A bridge | Ana Ruiz/AFP", "A bridge / picture alliance", "A bridge. Getty Images"
bool split_agency(std::string_view caption, Caption& out) {
    for (const std::string_view bar : {" | ", " / ", " — ", " – ", " - ", "|"}) {
        const std::size_t at = caption.rfind(bar);
        if (at == std::string_view::npos || at == 0) continue;
        const std::string_view text = caption.substr(0, at);
        const std::string_view credit = caption.substr(at + bar.size());
        // Two names with a bar between are one credit.
        if (is_bare_credit(credit) && word_count(text) > kMaxNames) {
            out = made(text, credit);
            return true;
        }
    }
    for (std::size_t at = caption.size(); at-- > 1;) {
        if (caption.size() - at > kMaxCreditBytes) break;
        // "www.daily.example/ana": no sentence ends before a small letter or a digit.
        const char next = caption[at];
        if (!ends_sentence(caption.substr(0, at)) || next == '.' || (next >= 'a' && next <= 'z') ||
            (next >= '0' && next <= '9'))
            continue;
        const std::string_view rest = trim(caption.substr(at));
        if (rest.empty() || rest.front() == ')') continue;
        if (word_count(caption.substr(0, at)) <= kMaxNames) break;
        if (!is_bare_credit(rest)) {
            if (word_count(rest) > kMaxBareCreditWords) break;
            continue;
        }
        out = made(caption.substr(0, at), rest);
        return true;
    }
    return false;
}

}  // namespace

bool is_credit(std::string_view text) {
    return text.size() <= kMaxCreditBytes && (credit_lead(trim(text)) > 0 || is_bare_credit(text));
}

bool ends_with_credit(std::string_view text) {
    text = without_end(text, {".", ")", "）", "]"});
    const std::size_t least = text.size() - std::min(text.size(), kMaxCreditBytes);
    // Every lead that counts has one of these.
    const std::string_view tail = text.substr(least);
    if (tail.find(':') == std::string_view::npos && !tail.contains("：") && !tail.contains("／") &&
        !tail.contains(" by ") && !tail.contains("courtesy of") && !tail.contains("fot."))
        return false;
    for (std::size_t at = text.size(); at-- > std::max<std::size_t>(least, 2);) {
        const char before = text[at - 1];
        const bool is_open =
            before == '(' || before == '|' || before == '[' || text.substr(0, at).ends_with("（");
        const bool is_wide = static_cast<unsigned char>(before) >= 0x80;  // "。" needs no space
        const bool is_next = is_wide
                                 ? ends_sentence(text.substr(0, at))
                                 : before == ' ' && ends_sentence_or_bar(text.substr(0, at - 1));
        if ((is_open || is_next) && text[at] != ' ' && begins_with_plain_lead(text.substr(at)))
            return true;
    }
    return false;
}

std::string cleaned_credit(std::string_view credit) {
    credit = trim(credit);
    for (bool again = true; again && !credit.empty();) {
        again = false;
        for (const auto& [open, close] : kBrackets) {
            const std::size_t end = credit.find(close);
            // The whole of it in brackets; one that was cut off elsewhere.
            if (credit.starts_with(open) &&
                (end == std::string_view::npos || end + close.size() == credit.size())) {
                credit.remove_prefix(open.size());
                again = true;
            }
            if (credit.ends_with(close) && !credit.contains(open)) {
                credit.remove_suffix(close.size());
                again = true;
            }
        }
        credit = trim(credit);
        if (const std::size_t lead = credit_lead(credit);
            lead > 0 && !names_agency(credit.substr(0, lead))) {
            credit = trim(credit.substr(lead));
            again = true;
        }
        for (const std::string_view mark : {":", "-", "|", "/", "–", "—", "：", "／", "=", "•"}) {
            if (!credit.starts_with(mark)) continue;
            credit = trim(credit.substr(mark.size()));
            again = true;
        }
    }
    if (credit.size() > kMaxCreditBytes) return {};
    return std::string(credit);
}

Caption split_credit(std::string_view caption) {
    caption = trim(first_bytes(caption, kMaxCaptionBytes));
    Caption out;
    if (caption.empty()) return out;
    if (split_bracket(caption, out)) return out;
    const bool one_sentence = !caption.substr(0, caption.size() - 1).contains(". ");
    if (credit_lead(caption) > 0 && one_sentence && caption.size() <= kMaxCreditBytes) {
        out.credit = cleaned_credit(caption);
        return out;
    }
    if (split_lead(caption, out) || split_agency(caption, out)) return out;
    if (is_bare_credit(caption)) {
        out.credit = cleaned_credit(caption);
        return out;
    }
    out.text = std::string(caption);
    return out;
}

}  // namespace heliograph::extract
