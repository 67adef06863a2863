// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/notices.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/utf8.h"
#include "extract/phrase_set.h"
#include "extract/phrases.h"

namespace heliograph::extract {
namespace {

// In weight; what is longer says more than an invitation.
constexpr std::uint32_t kMostOfInvitation = 350;
constexpr std::uint32_t kMostOfCookies = 1'200;
constexpr std::uint32_t kMostOfColophon = 400;
constexpr std::uint32_t kMostOfAuthorNote = 600;

// Blocks at the end of a text among which notes on authors are looked for: one for each of two, and
// what else may stand there.
constexpr std::uint32_t kBlocksOfNotes = 4;

// The word is the same in most languages that have the thing. Its rarest letters are looked for.
constexpr std::string_view kCookie = "cookie";
constexpr std::string_view kEndOfCookie = "kie";

// Who speaks of cookies in these words speaks to readers of a site.
constexpr auto kToReaders = std::to_array<std::string_view>({
    // English
    "we use cookies",
    "we and our partners",
    "by continuing",
    "you agree to",
    "your consent",
    "our website",
    "this website",
    "our site",
    "this site",
    "your experience",
    "accept all cookies",
    "cookie policy",
    "cookie settings",
    "cookie preferences",
    "cookies and similar",
    "to play this video",
    "to view this content",
    "to see this content",
    // German
    "wir verwenden",
    "wir nutzen",
    "diese website",
    "diese webseite",
    "dieser website",
    "dieser webseite",
    "unsere website",
    "unserer website",
    "unserer webseite",
    "unsere dienste",
    "unserer dienste",
    "stimmen sie",
    "stimmst du",
    "ihre einwilligung",
    "ihrer einwilligung",
    "deine einwilligung",
    // French
    "ce site",
    "notre site",
    "nos sites",
    "nous utilisons",
    "votre navigation",
    "vous acceptez",
    "votre consentement",
    // Spanish
    "este sitio",
    "nuestro sitio",
    "esta web",
    "nuestra web",
    "utilizamos cookies",
    "usamos cookies",
    "aceptas",
    "su consentimiento",
    // Portuguese
    "este site",
    "nosso site",
    "você concorda",
    "você aceita",
    "o seu consentimento",
    // Italian
    "questo sito",
    "nostro sito",
    "utilizziamo",
    "acconsent",
    // Dutch
    "wij gebruiken",
    "we gebruiken",
    "deze website",
    "deze site",
    "onze website",
    "onze site",
    "uw toestemming",
    "je toestemming",
    // Polish
    "ta strona",
    "nasza strona",
    "naszej stron",
    "nasz serwis",
    "używamy",
    "wykorzystujemy",
    "wyrażasz zgodę",
    "zgadzasz się",
    // Swedish
    "vi använder",
    "denna webbplats",
    "vår webbplats",
    "den här webbplatsen",
    "du godkänner",
    "ditt samtycke",
    // Danish, Norwegian
    "vi bruger",
    "vi bruker",
    "dette nettstedet",
    "hjemmesiden bruger",
    "dit samtykke",
    "ditt samtykke",
    "du accepterer",
    // Finnish
    "käytämme",
    "tämä sivusto",
    "sivustomme",
    // Greek
    "χρησιμοποιούμε",
    "αυτός ο ιστότοπος",
    "ιστοσελίδα μας",
    "ιστότοπός μας",
    // Russian, Ukrainian, Bulgarian
    "мы используем",
    "этот сайт",
    "наш сайт",
    "нашего сайта",
    "нашем сайте",
    "данный сайт",
    "вы соглашаетесь",
    "ми використовуємо",
    "цей сайт",
    "нашого сайту",
    "този сайт",
    "нашия сайт",
    // Czech, Slovak, Hungarian, Romanian, Croatian, Serbian
    "používáme",
    "tento web",
    "tyto stránky",
    "používame",
    "tieto stránky",
    "weboldalunk",
    "honlapunk",
    "használunk",
    "acest site",
    "folosim",
    "sunteți de acord",
    "ova stranica",
    "koristimo",
    "ovaj sajt",
    // Turkish, Japanese, Korean, Chinese
    "sitemiz",
    "bu site",
    "kullanıyoruz",
    "当サイト",
    "このサイト",
    "本サイト",
    "이 사이트",
    "당사 웹사이트",
    "本网站",
    "本網站",
    "我们使用",
    "我們使用",
    "您同意",
    // Arabic, Hebrew, Vietnamese, Indonesian, Thai
    "هذا الموقع",
    "موقعنا",
    "אתר זה",
    "trang web này",
    "situs ini",
    "situs kami",
    "เว็บไซต์นี้",
});

constexpr auto kLetters = std::to_array<std::string_view>({
    "newsletter",  "inbox",           "mailing list", "posteingang", "infolettre", "boletín",
    "nieuwsbrief", "nyhetsbrev",      "nyhedsbrev",   "uutiskir",    "рассылк",    "Рассылк",
    "розсилк",     "Розсилк",         "bülten",       "hírlevél",    "メルマガ",   "ニュースレター",
    "뉴스레터",    "النشرة البريدية", "في النشرة",    "电子报",      "電子報",     "メールマガジン",
    "خبرنامه",     "ניוזלטר",         "bản tin",      "จดหมายข่าว",   "buletin",    "समाचार पत्रिका",
});

// What the reader is asked to do about one: in English only where a sentence begins so or the text
// speaks to readers, since people of whom it tells may "sign up for" one too.
constexpr auto kEnglishInvitations = std::to_array<std::string_view>({
    "sign up for",
    "sign up to",
    "sign up here",
    "sign up now",
    "signing up",
    "subscribe to our",
    "subscribe to the",
    "subscribe to my",
    "subscribe now",
    "subscribe for",
    "subscribe here",
    "subscribe today",
    "subscribing to our",
    "subscribing to the",
    "subscribing to my",
    "join our",
    "join my",
    "get our",
    "delivered to your",
    "delivered straight",
    "straight to your",
    "thank you for subscribing",
});
constexpr auto kToYou = std::to_array<std::string_view>({" you", "your ", " our ", " my ", " us "});
constexpr auto kInvitations = std::to_array<std::string_view>({
    // German, French, Spanish, Portuguese, Italian
    "abonniere",
    "abonnieren sie",
    "jetzt abonnieren",
    "melde dich",
    "melden sie sich",
    "anmelden",
    "hol dir",
    "holen sie sich",
    "inscrivez",
    "inscris-toi",
    "abonnez",
    "abonne-toi",
    "recevez",
    "suscríb",
    "suscribirte",
    "suscribirse a nuestr",
    "apúntate",
    "regístrate",
    "inscríbete",
    "recíbe",
    "inscreva",
    "assine noss",
    "assine a noss",
    "receba nos",
    "receba a noss",
    "cadastre",
    "iscriviti",
    "iscrivetevi",
    "ricevi l",
    "ricevi og",
    // Dutch, Swedish, Danish, Norwegian, Finnish
    "meld je",
    "meld u",
    "schrijf je",
    "schrijf u",
    "abonneer",
    "ontvang",
    "prenumerera",
    "anmäl",
    "tilmeld",
    "meld deg",
    "abonner på",
    "abonnér",
    "tilaa",
    // Russian, Ukrainian, Turkish, Hungarian
    "подпишитесь",
    "подпишись",
    "подписывайтесь",
    "підпишіться",
    "підписуйтесь",
    "підписуйтеся",
    "abone ol",
    "kaydol",
    "iratkozz",
    // Japanese, Korean, Arabic, Chinese
    "登録",
    "購読",
    "구독",
    "اشترك",
    "اشتركوا",
    "مشترک شوید",
    "הירשמו",
    "đăng ký",
    "สมัครรับ",
    "berlangganan",
    "सदस्यता",
    "订阅",
    "訂閱",
});

constexpr auto kCopyrights = std::to_array<std::string_view>({
    "copyright ©",
    "copyright (c)",
    "copyright 19",
    "copyright 20",
    "all rights reserved",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "derechos reservados",
    "direitos reservados",
    "diritti riservati",
    "rechten voorbehouden",
    "prawa zastrzeżone",
    "права защищены",
    "sva prava pridržana",
    "sva prava zadržana",
    "drepturile rezervate",
    "hakları saklıdır",
    "παντός δικαιώματος",
    "版权所有",
    "版權所有",
    "حقوق محفوظة",
    "הזכויות שמורות",
});

constexpr bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool has_any(std::string_view text, const auto& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
}

const PhraseSet& letters() {
    static const PhraseSet set(kLetters);
    return set;
}
const PhraseSet& copyrights() {
    static const PhraseSet set(kCopyrights);
    return set;
}

// What follows a name where a line says who that is: "Ana Ruiz is ...", "Ana Ruiz, who ...". Of a
// police force that asks for witnesses nobody is told who it is.
bool goes_on_as_note(std::string_view text) {
    static constexpr auto kNotes = std::to_array<std::string_view>({
        " is ",      " was ",     " has ",   " holds ",  " writes ",   " covers ",
        " reports ", " joined ",  " works ", " lives ",  " serves ",   " worked ",
        " and ",     " und ",     " ist ",   " war ",    " arbeitet",  " schreibt",
        " lebt ",    " studiert", " est ",   " écrit ",  " es ",       " escribe ",
        " é ",       " escreve ", " è ",     " scrive ", " schrijft ", " är ",
        " er ",      " jest ",    " pisze ", " — ",      " – ",        " - ",
    });
    return text.starts_with(',') || text.starts_with(" (") || text.starts_with(':') ||
           std::ranges::any_of(kNotes,
                               [&](std::string_view note) { return text.starts_with(note); });
}

bool invites_in_english(std::string_view folded) {
    const bool is_to_you = has_any(folded, kToYou);
    return std::ranges::any_of(kEnglishInvitations, [&](std::string_view phrase) {
        const std::size_t at = folded.find(phrase);
        if (at == std::string_view::npos) return false;
        const std::string_view before = trim(folded.substr(0, at));
        // Every mark that ends a sentence or begins a part of one, the dashes among them.
        return is_to_you || before.empty() || !is_ascii_letter(before.back());
    });
}

// Whether a block says the word, in small letters or with the first a capital.
bool names_cookies(const PageTable& table, const Block& block) {
    for (std::uint32_t t = block.first_text; t < block.end_text; ++t) {
        const std::string_view text = table.texts[t].text();
        for (std::size_t at = text.find(kEndOfCookie); at != std::string_view::npos;
             at = text.find(kEndOfCookie, at + 1))
            if (text.substr(0, at).ends_with("oo")) return true;
    }
    return false;
}

// What is looked for at the beginning of a word: its first two bytes, in small letters.
constexpr auto kFirstPairs = [] {
    std::array<std::uint16_t, kLetters.size()> pairs{};
    for (std::size_t i = 0; i < kLetters.size(); ++i)
        pairs[i] = static_cast<std::uint16_t>(static_cast<unsigned char>(kLetters[i][0]) << 8U |
                                              static_cast<unsigned char>(kLetters[i][1]));
    return pairs;
}();
constexpr auto kFirstBytes = [] {
    std::array<bool, 256> is_first{};
    for (const std::uint16_t pair : kFirstPairs) {
        const std::size_t byte = pair >> 8U;
        is_first[byte] = true;
        if (byte < 0x80) is_first[byte & 0xDFU] = true;
    }
    return is_first;
}();

// Whether a word of a block begins like one for letters, or like "inbox".
bool names_letters(const PageTable& table, const Block& block) {
    for (std::uint32_t t = block.first_text; t < block.end_text; ++t) {
        const std::string_view text = table.texts[t].text();
        for (std::size_t i = 0; i + 1 < text.size(); ++i) {
            const auto first = static_cast<unsigned char>(text[i]);
            if (!kFirstBytes[first] || (i > 0 && is_ascii_letter(text[i - 1]))) continue;
            const auto second = static_cast<unsigned char>(text[i + 1]);
            const auto small = [](unsigned char c) { return c < 0x80 ? c | 0x20U : c; };
            const std::size_t pair = small(first) << 8U | small(second);
            for (std::size_t word = 0; word < kLetters.size(); ++word)
                if (kFirstPairs[word] == pair &&
                    starts_with_ignoring_ascii_case(text.substr(i), kLetters[word]))
                    return true;
        }
    }
    return false;
}

}  // namespace

Notice notice_of(std::string_view folded) {
    if (folded.contains(kCookie) && has_any(folded, kToReaders)) return Notice::kCookies;
    if (letters().any_in(folded) && (has_any(folded, kInvitations) || invites_in_english(folded)))
        return Notice::kInvitation;
    if (copyrights().any_in(folded) || begins_colophon(folded)) return Notice::kColophon;
    return Notice::kNone;
}

bool is_copyright_line(std::string_view folded) { return copyrights().any_in(folded); }

void name_cookie_notices(PageTable& table, html::Node title) {
    std::vector<std::uint32_t> notices;
    std::vector<std::uint32_t> named_before(table.blocks.size() + 1, 0);  // in weight
    for (std::uint32_t b = 0; b < table.blocks.size(); ++b) {
        const Block& block = table.blocks[b];
        const bool is_named = names_cookies(table, block);
        named_before[b + 1] = named_before[b] + (is_named ? block.weight : 0);
        if (is_named && block.weight < kMostOfCookies &&
            notice_of(fold(table.text_of(block, kMostOfCookies))) == Notice::kCookies)
            notices.push_back(b);
    }
    const std::uint32_t title_row = table.row_of(title);
    const auto is_of_cookies = [&](std::uint32_t r) {
        const Row& row = table.rows[r];
        const std::uint32_t named = named_before[row.end_block] - named_before[row.first_block];
        return row.tag != LXB_TAG_BODY && row.tag != LXB_TAG_MAIN && row.tag != LXB_TAG_ARTICLE &&
               3 * named >= table.weight(row) &&
               (title_row == kNoRow ? 2 * table.weight(row) < table.weight(table.rows[0])
                                    : !table.contains(r, title_row));
    };
    for (const std::uint32_t b : notices) {
        std::uint32_t r = table.blocks[b].row;
        if (!is_of_cookies(r)) continue;
        while (table.rows[r].parent != kNoRow && is_of_cookies(table.rows[r].parent))
            r = table.rows[r].parent;
        table.rows[r].names |= kConsent;
    }
}

void drop_notices(const PageTable& table, std::string_view title, std::vector<bool>& keep) {
    const std::string folded_title = fold(title);
    const bool is_about_cookies = folded_title.contains(kCookie);
    const bool is_about_letters = has_any(folded_title, kLetters);
    // Between two paragraphs of the text that stand as it does a line on cookies is one of them.
    const auto is_of_text = [&](std::uint32_t b) {
        const auto is_like = [&](std::uint32_t other) {
            return keep[other] && is_prose(table.blocks[other]) &&
                   table.place_of(table.blocks[other]) == table.place_of(table.blocks[b]);
        };
        return b > 0 && b + 1 < keep.size() && is_like(b - 1) && is_like(b + 1);
    };
    std::vector<std::uint32_t> dropped;
    std::uint64_t notices = 0;
    std::uint64_t all = 0;
    bool is_end = true;
    for (auto b = static_cast<std::uint32_t>(keep.size()); b-- > 0;) {
        if (!keep[b]) continue;
        const Block& block = table.blocks[b];
        all += block.weight;
        Notice notice = Notice::kNone;
        if ((is_end && block.weight < kMostOfColophon) ||
            (block.weight < kMostOfInvitation && names_letters(table, block)) ||
            (block.weight < kMostOfCookies && names_cookies(table, block)))
            notice = notice_of(fold(table.text_of(block, kMostOfCookies)));
        const bool is_dropped =
            (notice == Notice::kCookies && !is_about_cookies && !is_of_text(b)) ||
            (notice == Notice::kInvitation && !is_about_letters) ||
            (notice == Notice::kColophon && is_end);
        if (is_dropped) {
            dropped.push_back(b);
            notices += block.weight;
        }
        is_end = is_end && is_dropped;
    }
    if (2 * notices >= all) return;
    for (const std::uint32_t b : dropped) keep[b] = false;
}

void drop_author_notes(const PageTable& table, std::span<const std::string> authors,
                       std::vector<bool>& keep) {
    std::vector<std::string> names;
    for (const std::string& author : authors)
        if (author.contains(' ')) names.push_back(fold(author));
    if (names.empty()) return;
    std::uint32_t looked_at = 0;
    bool has_more = false;  // something is left before the notes
    std::vector<std::uint32_t> notes;
    for (auto b = static_cast<std::uint32_t>(keep.size()); b-- > 0 && !has_more;) {
        if (!keep[b]) continue;
        const Block& block = table.blocks[b];
        has_more = ++looked_at > kBlocksOfNotes;
        if (block.weight > kMostOfAuthorNote || has_more ||
            table.stands_in(block, {LXB_TAG_BLOCKQUOTE}))
            continue;
        const std::string text = fold(table.text_of(block, kMostOfAuthorNote));
        if (std::ranges::any_of(names, [&](const std::string& name) {
                return text.starts_with(name) &&
                       goes_on_as_note(std::string_view(text).substr(name.size()));
            }))
            notes.push_back(b);
    }
    if (!has_more) return;
    for (const std::uint32_t b : notes) keep[b] = false;
}

}  // namespace heliograph::extract
