// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/byline_text.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "extract/date_text.h"
#include "extract/name_words.h"
#include "extract/text_fold.h"
#include "extract/title_text.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

constexpr std::size_t kMaxNameWords = 6;
constexpr std::size_t kMaxNameBytes = 90;

// Words before a name, in small letters; a longer one stands before its
// beginning.
const WordList& lead_words() {
    static const WordList words(
        "written by|posted by|reported by|story by|published by|words by|text "
        "by|article by|"
        "interview by|photos and story by|post by|authored by|created "
        "by|contributed by|"
        "submitted by|report by|analysis by|opinion by|column by|guest post "
        "by|review by|"
        "edited by|a post by|about the "
        "author|by:|by|author:|authors:|author|authors|words:|"
        "text:|story:|writer:|reporter:|contributor:|geschrieben von|verfasst "
        "von|erstellt von|"
        "ein artikel von|ein beitrag von|eine analyse von|ein kommentar von|"
        "ein gastbeitrag von|kommentar von|interview von|text "
        "von|von:|von|autor:|autorin:|"
        "autoren:|autor|autorin|autoren|écrit par|publié par|rédigé par|propos "
        "recueillis par|"
        "article de|par :|par:|par|auteur :|auteur:|auteur|escrito por|publicado "
        "por|por:|por|"
        "redacción:|texto:|autora:|autora|scritto da|pubblicato da|articolo di|a "
        "cura di|di:|"
        "di|autore:|door:|door|tekst:|geschreven door|af|skrevet "
        "af|av:|av|skrevet av|texte :|"
        "kirjoittaja:|teksti:|napisał|napisała|opublikował|dodał|autorka:|"
        "autorka|oprac.|"
        "opracował|opracowała|przez|napsal|napsala|írta:|írta|szerző:|szerző|de:|"
        "autor(es):|"
        "автор:|автор|авторы:|текст:|текст|подготовил|подготовила|автори:|"
        "написал|написала|του|"
        "της|γράφει ο|γράφει η|γράφει|από τον|από "
        "την|από|συντάκτης:|yazan:|yazan|yazar:|"
        "haber:|penulis:|penulis|oleh:|oleh|tác "
        "giả:|bởi|بقلم:|بقلم|كتب:|كتبت:|كتب|كتبت|"
        "الكاتب:|نویسنده:|نوشته|نویسنده|מאת:|מאת|โดย:|โดย|เขียนโดย|作者：|作者:|"
        "作者|文：|文:|文／|"
        "文/|文｜|"
        "文丨|执笔/"
        "|执笔：|执笔|撰文：|撰文:|撰文|本报记者|本刊记者|本报特约记者|"
        "本报通讯员|通讯员|"
        "记者：|记者:|"
        "记者|記者：|記者:|記者|特约撰稿|撰稿：|撰稿|"
        "编译：|執筆：|執筆:|執筆|著者：|著者|取材・文|글:|글|글·사진|기자:|लेखक:|"
        "लेखक|द्वारा|"
        "প্রতিবেদক:|"
        // With a colon, and words that nothing else begins with
        "a story by|reporting by|autor/in:|redaktion:|texte et photos "
        ":|reportage :|"
        "propos recueillis par :|enquête :|por el|texto y "
        "fotos:|autores:|autoras:|reportagem:|"
        "reportagem de|texto de|testo di|testo:|servizio di|tekst en "
        "foto's:|tekst og foto:|text "
        "och foto:|"
        "text:|text och bild:|text och foto|teksti ja kuvat:|tekst i "
        "zdjęcia:|opracowanie:|autorzy:|"
        "autoři:|autorka:|připravil|připravila|pripravil|pripravila|szerzők:|"
        "írta és fényképezte:|"
        "autori:|de către|scris de|articol "
        "de|piše:|pišu:|napisala:|napisao:|autor teksta:|пише:|"
        "аутор:|авторы|авторка:|авторка|автор текста:|текст и "
        "фото:|подготовил:|подготовила:|"
        "беседовал|беседовала|записала|записал|підготувала|підготував|репортаж:|"
        "текст і фото:|"
        "ρεπορτάζ:|επιμέλεια:|γράφουν|yazan|yazar|muhabir:|muhabir|yazı:|"
        "röportaj:|haber|"
        "müəllif:|muallif:|авторы:|إعداد:|إعداد|تقرير:|تقرير|تحقيق:|حوار:|"
        "الكاتبة:|كتبه:|كتبها:|"
        "بقلم الكاتب|بقلم الكاتبة|تحریر:|به قلم|به "
        "قلم:|گزارش:|گزارشگر:|خبرنگار:|گزارش "
        "از|نویسندگان:|"
        "نگارنده:|کتب|از:|مصنف:|رپورٹ:|רשמה:|רשם:|כתב:|כתבה:|כתבו:|מאת|लेखिका:|"
        "रिपोर्ट:|रिपोर्टर:|"
        "संवाददाता:|लेखक|প্রতিবেদন:|লেখক:|লেখা:|எழுதியவர்:|రచన:|penulis "
        ":|pewarta:|reporter:|laporan:|"
        "laporan|ditulis oleh|oleh :|oleh|wartawan:|mwandishi:|na mwandishi|tác "
        "giả|bài và "
        "ảnh:|bài:|"
        "bài viết:|thực hiện:|phóng viên:|phóng viên|pv:|viết bởi|theo phóng "
        "viên|ผู้เขียน:|ผู้เขียน|เรื่อง:|"
        "เรื่องโดย|รายงานโดย|ผู้สื่อข่าว:|အားဖြင့်|ដោយ:|ដោយ|ໂດຍ|ავტორი:|հեղինակ:|ጸሐፊ:|በ:");
    return words;
}

// Parts of a byline that are no names.
const WordList& role_words() {
    static const WordList words(
        "editor|editors|reporter|reporters|writer|writers|correspondent|"
        "correspondents|"
        "columnist|contributor|contributors|contributing|journalist|producer|"
        "author|"
        "photographer|analyst|fellow|professor|chief|bureau|freelance|freelancer|"
        "senior|"
        "associate|assistant|deputy|managing|special|director|president|founder|"
        "ceo|cofounder|"
        "manager|lecturer|strategist|specialist|expert|blogger|intern|phd|md|rd|"
        "ms|mba|rn|cpa|"
        "cfp|ldn|mph|msc|esq|dds|jr|redakteur|redakteurin|korrespondent|"
        "korrespondentin|"
        "journaliste|rédacteur|rédactrice|redactor|redactora|periodista|"
        "corresponsal|"
        "giornalista|redattore|verslaggever|redacteur|dziennikarz|redaktor|"
        "корреспондент|"
        "журналист|редактор|обозреватель|συντάκτης|muhabir|follow|published|"
        "updated|posted|"
        "share|comments|email|contact|view|read|profile|bio|more|posts|articles|"
        "minutes|min|"
        "subscribe|twitter|facebook|instagram|linkedin|photo|photos|image|images|"
        "video|"
        "illustration|graphics|reviewed|edited|fact|checked|medically|opinion|"
        "disclosure|"
        "affiliate|columnists|commentator|researcher|historian|presenter|"
        // German
        "reporterin|redaktionsleiter|redaktionsleiterin|ressortleiter|"
        "ressortleiterin|"
        "chefredakteur|chefredakteurin|volontär|volontärin|autorin|journalist|"
        "journalistin|"
        "reporter|mitarbeiter|mitarbeiterin|leiterin|agenturkorrespondent|"
        // French, Spanish, Portuguese, Italian
        "correspondant|correspondante|envoyé|envoyée|chroniqueur|chroniqueuse|"
        "reportero|reportera|"
        "enviado|enviada|editora|columnista|jornalista|repórter|correspondente|"
        "redator|redatora|colunista|inviato|inviata|corrispondente|giornalisti|"
        "caporedattore|"
        // Dutch, Nordic languages
        "correspondente|redactrice|journaliste|reporter|korrespondent|redaktör|"
        "journalister|journalistpraktikant|toimittaja|kirjeenvaihtaja|"
        // Polish, Czech, Slovak, Hungarian, Romanian, South Slavic languages
        "dziennikarka|redaktorka|reporterka|korespondent|korespondentka|"
        "redaktorka|novinář|novinářka|zpravodaj|újságíró|szerkesztő|tudósító|"
        "jurnalist|jurnalistă|"
        "redactor|reporter|corespondent|novinar|novinarka|urednik|urednica|"
        "dopisnik|новинар|"
        "новинарка|уредник|"
        // Russian, Ukrainian, Bulgarian, Greek
        "корреспондентка|журналистка|редакторка|спецкор|собкор|колумнист|"
        "кореспондент|"
        "кореспондентка|журналіст|журналістка|оглядач|репортер|репортерка|"
        "δημοσιογράφος|ανταποκριτής|ανταποκρίτρια|συντάκτρια|αρθρογράφος|"
        // Turkish
        "muhabiri|editör|editörü|gazeteci|yazar|yazarı|temsilcisi|"
        // Arabic, Persian, Hebrew, Urdu
        "مراسل|مراسلة|محرر|محررة|صحفي|صحفية|صحافي|صحافية|كاتب|كاتبة|الكاتب|"
        "الصحفي|خبرنگار|"
        "روزنامهنگار|روزنامه|گزارشگر|سردبیر|כתב|כתבת|עורך|עורכת|עיתונאי|עיתונאית|"
        "פרשן|نامہ|رپورٹر|"
        // Languages of South and South-East Asia
        "संवाददाता|रिपोर्टर|पत्रकार|संपादक|ब्यूरो|প্রতিবেদক|সাংবাদিক|সম্পাদক|wartawan|"
        "jurnalis|"
        "kontributor|redaktur|koresponden|ผู้สื่อข่าว|บรรณาธิการ");
    return words;
}

// What is printed where a name should be.
const WordList& no_names() {
    static const WordList words(
        "admin|administrator|anonymous|guest|unknown|null|none|undefined|author|"
        "editor|by|n/a|"
        "webmaster|user|default|view all|read "
        "more|share|follow|subscribe|login|log in|sign in|"
        "home|menu|search|comments|comment|reply|about|contact|contact us|about "
        "us|"
        "about the author|all posts|more|author bio|view profile|see bio|full "
        "bio|bio|updated|"
        "published|advertisement|print|email|written by|meet the "
        "author|twitter|facebook|"
        "instagram|linkedin|youtube|disclosure|previous|next|next post|previous "
        "post|news|"
        "opinion|more posts|see all posts|website|view all "
        "posts|authors|autor|the author|"
        "read bio|our authors|name|categories|tags|person|post author|copy "
        "link|link|expand|"
        "close|posted|https|http|unsplash|getty "
        "images|pexels|pixabay|shutterstock|istock|"
        "adobe "
        "stock|post|blog|contributors|role|industry|date|phone|telephone|tel|"
        "telefon|fax|"
        "profile follow|last updated|last "
        "modified|last|aktualisiert|veröffentlicht|stand|publié|"
        "mis à "
        "jour|actualizado|publicado|atualizado|aggiornato|pubblicato|bijgewerkt|"
        "uppdaterad|"
        "publicerad|oppdatert|publisert|opdateret|päivitetty|julkaistu|"
        "zaktualizowano|"
        "opublikowano|aktualizováno|frissítve|actualizat|обновлено|опубликовано|"
        "оновлено|"
        "опубліковано|ενημερώθηκε|δημοσιεύτηκε|δημοσίευση|güncelleme|güncellendi|"
        "yayınlanma|نشر|"
        "نشرت|آخر تحديث|تحديث|تاریخ "
        "انتشار|פורסם|עודכן|प्रकाशित|अपडेट|diperbarui|cập nhật|"
        "เผยแพร่|อัปเดต|입력|수정|登录|登錄|注册|註冊");
    return words;
}

// The bytes of a lead word at the beginning of `text`; 0 when there is none.
std::size_t lead_length(std::string_view text) {
    const std::string small = lowered(text.substr(0, 60));
    std::size_t longest = 0;
    lead_words().for_each_prefix_of(small, [&](std::string_view lead) {
        if (lead.size() <= longest) return;
        // A lead in letters of an alphabet is a word of its own; Chinese needs no
        // space.
        const char last = lead.back();
        const char next = lead.size() < small.size() ? small[lead.size()] : ' ';
        const bool wide = static_cast<unsigned char>(lead.front()) >= 0xE3;
        if (!wide && last != ':' && next != ' ' && next != ':' && next != '\n' &&
            static_cast<unsigned char>(next) != 0xC2)
            return;
        longest = lead.size();
    });
    if (longest == 0 && text.size() > 3 && small.starts_with("by") && text[2] >= 'A' &&
        text[2] <= 'Z' && text[0] == 'B')
        return 2;  // "ByAna Ruiz": two elements without a space between
    if (longest == 0 && small.starts_with("byby ")) return 5;  // one "by" shown, one read out
    if (longest == 0) return 0;
    // Small and capital letters of one word have the same length in UTF-8 in all
    // of these.
    std::size_t end = longest;
    while (end < text.size() && (text[end] == ' ' || text[end] == ':' || text[end] == '|')) ++end;
    while (text.substr(end).starts_with("：") || text.substr(end).starts_with("　")) end += 3;
    return end;
}

// An address where a name should be: "https://a.example/author/ana",
// "page.author.name".
bool is_address(std::string_view text) {
    if (text.find(' ') != std::string_view::npos) return false;
    return text.find("://") != std::string_view::npos || text.starts_with("//") ||
           text.starts_with("www.") || std::ranges::count(text, '.') > 1;
}

// Where a byline's names end: at a digit, a bullet, a bar.
std::size_t end_of_names(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t here = i;
        const char32_t c = next_code_point(text, i);
        if (c == '|' || c == 0x2022 || c == 0x00B7 || c == 0x25CF || c == '(' || c == '[' ||
            c == 0xFF08 || c == 0x3010 || c == 0xFF5C || c == '<' || c == '*' || c == 0x2014 ||
            c == 0x25AA || c == 0x22C5 || c == 0x2219 || c == 0x2027 || c == 0x300A ||
            c == 0x2192 || c == '@')
            return here;
        if (digit_value(c) >= 0 && (here == 0 || text[here - 1] == ' ' || text[here - 1] == ','))
            return here;
        // " - " cuts, a hyphen in a name does not.
        if ((c == '-' || c == 0x2013) && here > 0 && text[here - 1] == ' ' && i < text.size() &&
            text[i] == ' ')
            return here;
    }
    return text.size();
}

const WordList& date_leads() {
    static const WordList words(
        "on|at|am|um|le|el|den|il|in|under|last|updated|"
        "update|published|posted|modified|date|"
        "kl|à|a|w|dnia|on:|est|mon|tue|tues|wed|thu|thur|"
        "thurs|fri|sat|sun|monday|tuesday|"
        "wednesday|thursday|friday|saturday|sunday|"
        "montag|dienstag|mittwoch|donnerstag|freitag|"
        "samstag|sonntag|lundi|mardi|mercredi|jeudi|"
        "vendredi|samedi|dimanche|lunes|martes|"
        "miércoles|jueves|viernes|sábado|domingo|lunedì|"
        "martedì|mercoledì|giovedì|venerdì|"
        "sabato|domenica|segunda|terça|quarta|quinta|"
        "sexta|stand|the|of|de|from|since");
    return words;
}

// Words before a date: "Ana Ruiz on Friday", "Ana Ruiz Published", "Ana Ruiz le
// 3 mai".
bool leads_to_date(std::string_view word) {
    return date_leads().contains(word) || month_by_name(word) != 0;
}

// Removes weekdays, months and words that lead to a date from the end of
// `people`: what is left of a date that was cut off. `was_cut`: a date did
// follow.
std::string_view without_date_words(std::string_view people, bool was_cut) {
    // "Thứ sáu" has two words, "on Friday the" three.
    constexpr int kMaxWeekdayWords = 3;
    for (bool again = true; again;) {
        again = false;
        people = trim(people);
        while (!people.empty() &&
               (people.ends_with(',') || people.ends_with("،") || people.ends_with(':')))
            people = trim(people.substr(0, people.size() - (people.ends_with("،") ? 2 : 1)));
        // The longest tail first: "יום שישי" before "שישי".
        std::size_t begins[kMaxWeekdayWords];
        int count = 0;
        for (std::size_t space = people.size();
             count < kMaxWeekdayWords && space != std::string_view::npos && space > 0;) {
            space = people.rfind(' ', space - 1);
            begins[count++] = space == std::string_view::npos ? 0 : space + 1;
        }
        while (count-- > 0) {
            const std::size_t begin = begins[count];
            const std::string tail = folded(people.substr(begin));
            const bool is_date_word = is_weekday(tail) || (was_cut && count == 0 &&
                                                           (tail.empty() || leads_to_date(tail)));
            // Without a date behind it, "Tuesday" may be a name.
            if (!is_date_word || (!was_cut && word_count(people.substr(0, begin)) < 2)) continue;
            people = trim(people.substr(0, begin));
            again = !people.empty();
            break;
        }
    }
    return people;
}

// The part of a byline that has names, up to a mark or a date.
std::string_view names_part(std::string_view text, bool was_cut) {
    const std::size_t end = end_of_names(text);
    std::size_t i = end;
    const bool is_digit = end < text.size() && digit_value(next_code_point(text, i)) >= 0;
    return without_date_words(text.substr(0, end), was_cut || is_digit);
}

bool is_mail_character(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '.' ||
           c == '_' || c == '-' || c == '+' || c == '%';
}

// Removes addresses of mail, and the brackets round them: "Ana Ruiz
// <ana@daily.example>".
std::string without_mail(std::string_view text) {
    std::string out(text);
    for (std::size_t at = out.find('@'); at != std::string::npos; at = out.find('@', at)) {
        std::size_t begin = at;
        while (begin > 0 && is_mail_character(out[begin - 1])) --begin;
        std::size_t end = at + 1;
        while (end < out.size() && is_mail_character(out[end])) ++end;
        if (begin == at) {  // "@anaruiz": end_of_names knows it
            at = end;
            continue;
        }
        if (begin > 0 && end < out.size() &&
            ((out[begin - 1] == '<' && out[end] == '>') ||
             (out[begin - 1] == '(' && out[end] == ')') ||
             (out[begin - 1] == '[' && out[end] == ']'))) {
            --begin;
            ++end;
        }
        out.replace(begin, end - begin, " ");
        at = begin;
    }
    return out;
}

// Words beside a time of day.
const WordList& time_words() {
    static const WordList words(
        "uhr|h|am|pm|a m|p "
        "m|น|นาฬิกา|wib|wita|wit|gmt|utc|cet|cest|ist|est|edt|bst|pst|pdt|et|pt|"
        "msk|мск|год|o "
        "clock|kl|klo|hrs|ora|ore|часов|часа|ч|г|р|года|року|r|godz|hod|om|à|at|"
        "um|"
        "στις|ώρα|saat|الساعة|ساعت|בשעה|बजे|lúc|min|read|minutes");
    return words;
}

// A text without the rest of a date at its front: the time of day, its zone,
// marks.
std::string_view behind_time(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string word = folded(text.substr(0, end));
        std::size_t i = 0;
        const bool is_number = !word.empty() && digit_value(next_code_point(word, i)) >= 0;
        if (!word.empty() && !is_number && !time_words().contains(word)) return text;
        text = text.substr(std::min(end + 1, text.size()));
    }
    return text;
}

// A byline without the date in it; what stands before the date, else what
// stands behind it. "Ana Ruiz, Friday 3 May 2024, 10:00" -> "Ana Ruiz, Friday".
// Points into text.
std::string_view without_date(std::string_view text, bool& was_cut) {
    bool has_digit = false;
    for (std::size_t i = 0; i < text.size() && !has_digit;)
        has_digit = digit_value(next_code_point(text, i)) >= 0;
    if (!has_digit) return text;
    const auto date = find_date(text, DateOrder::kDayFirst);
    if (!date || date->end > text.size() || date->begin > date->end) return text;
    const std::string_view before = without_date_words(text.substr(0, date->begin), true);
    const std::string_view behind = behind_time(trim(text.substr(date->end)));
    was_cut = true;
    if (lead_length(behind) > 0 || lead_length(before) == 0) {
        // "Stand: 27.04.2024, 10:00 Uhr Von Ana Ruiz", "3 May 2024 Ana Ruiz"
        const bool is_label = before.ends_with(':') || word_count(before) < 2;
        if (lead_length(behind) > 0 || (is_label && word_count(behind) > 0)) return behind;
    }
    return before;
}

// Parts between bars and bullets. Point into text.
std::vector<std::string_view> segments_of(std::string_view text) {
    constexpr std::size_t kMaxSegments = 6;
    std::vector<std::string_view> segments;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size() && segments.size() + 1 < kMaxSegments;) {
        const std::size_t here = i;
        const char32_t c = next_code_point(text, i);
        const bool is_spaced =
            here > 0 && text[here - 1] == ' ' && i < text.size() && text[i] == ' ';
        const bool is_bar = c == '|' || c == 0xFF5C || c == 0x2022 || c == 0x25CF || c == 0x25AA;
        const bool is_dash = c == '-' || c == 0x2013 || c == 0x2014 || c == 0xB7 || c == 0x22C5 ||
                             c == 0x2219 || c == 0x2027 || c == '/' || c == 0xBB || c == '>';
        if (!is_bar && !(is_dash && is_spaced)) continue;
        if (const std::string_view part = trim(text.substr(begin, here - begin)); !part.empty())
            segments.push_back(part);
        begin = i;
    }
    if (const std::string_view part = trim(text.substr(begin)); !part.empty())
        segments.push_back(part);
    return segments;
}

// Words that stand between two names.
const WordList& joints() {
    static const WordList words("and|und|et|y|e|og|och|ja|и|та|i|και|ve|dan|và|with|en|și|és");
    return words;
}

std::string_view without_trailing(std::string_view text, std::string_view marks) {
    while (!text.empty() && marks.find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return trim(text);
}

// "FAND", "CEPF®", "LDN": a few capitals behind a comma.
bool is_credential(std::string_view part) {
    std::size_t capitals = 0;
    for (std::size_t i = 0; i < part.size();) {
        const char32_t c = next_code_point(part, i);
        if (c == '.' || c == 0xAE || c == '-') continue;
        if (c < 'A' || c > 'Z') return false;
        ++capitals;
    }
    return capitals >= 2 && capitals <= 6;
}

std::vector<std::string_view> words_between_spaces(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

// A name without the role behind it and the beat before that, the place it
// leads to, and a role in front: "Ana Ruiz Health Correspondent" -> "Ana Ruiz",
// "Ana Ruiz aus Kiew" -> "Ana Ruiz".
std::string without_role(std::string_view name) {
    std::vector<std::string_view> words = words_between_spaces(name);
    const auto is_role_word = [](std::string_view word) {
        std::string key = folded(word);
        return key != "jr" && role_words().contains(key);
    };
    std::size_t first = 0;
    while (words.size() - first > 2 && is_role_word(words[first])) ++first;
    std::size_t end = first;
    for (; end < words.size(); ++end) {
        if (end < first + 2) continue;
        if (is_role_word(words[end])) {
            while (end > first + 2 && is_beat(folded(words[end - 1]))) --end;
            break;
        }
        // Only small letters lead to a place: "Ana En Ruiz" is a name.
        if (end + 1 < words.size() && end - first <= 4 && lowered(words[end]) == words[end] &&
            leads_to_place(folded(words[end])))
            break;
    }
    if (words.empty() || first >= end) return std::string(name);
    const char* begin = words[first].data();
    const std::string_view last = words[end - 1];
    const std::string_view kept(begin, static_cast<std::size_t>(last.data() + last.size() - begin));
    return std::string(end < words.size() ? without_trailing(kept, ",-|") : kept);
}

// Whether the point at the end belongs to the name: "Perry Bacon Jr.", "Juan
// Carlos Muñoz C.".
bool ends_with_short_form(std::string_view name) {
    if (!name.ends_with('.')) return false;
    const std::string_view last = name.substr(name.rfind(' ') + 1);
    if (last.size() == name.size()) return false;
    return code_point_count(last) == 2 || last == "Jr." || last == "Sr." || last == "e.V.";
}

// Whether a joint is inside of one name: "José Volta e Pinto", "Ana Ortega y
// Gasset". What joins two names has a given name behind it too.
bool is_in_surname(std::string_view before, std::string_view joint, std::string_view behind) {
    if (joint != "e" && joint != "y" && joint != "i") return false;
    behind = trim(behind.substr(0, behind.find_first_of(",;&/\n")));
    return trim(before).contains(' ') && !behind.empty() && !behind.contains(' ');
}

// Words that lead to a place: "em São Paulo".
const WordList& place_leads() {
    static const WordList words("em|en|in|à|aus|из|в");
    return words;
}

}  // namespace

namespace {

struct NamePart {
    std::string text;
    bool is_after_mark = false;  // a comma or a stroke stands before it, no "and"
};

std::vector<NamePart> split_parts(std::string_view text) {
    std::vector<NamePart> parts;
    std::string part;
    bool is_after_mark = false;
    const auto end_part = [&](bool is_mark) {
        if (const std::string_view trimmed = trim(part); !trimmed.empty())
            parts.push_back({std::string(trimmed), is_after_mark});
        is_after_mark = is_mark;
        part.clear();
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t here = i;
        const char32_t c = next_code_point(text, i);
        if (c == ',' || c == ';' || c == '&' || c == '/' || c == 0x3001 || c == 0xFF0C ||
            c == 0xFF0F || c == 0x060C || c == 0xFF1B || c == '\n' || c == '+') {
            end_part(c == ',' || c == '/' || c == 0x060C || c == '\n');
            continue;
        }
        if (c == ' ' && !part.empty()) {
            // The next word, if it joins two names.
            const std::size_t end = std::min(text.find(' ', i), text.size());
            const std::string word = lowered(text.substr(i, end - i));
            // One letter joins only in small: "Ana y Bo", not "Ana Y Bo".
            const bool small = text.substr(i, end - i) == word || word.size() > 2;
            if (end < text.size() && small && joints().contains(word) &&
                !is_in_surname(part, word, text.substr(end))) {
                end_part(false);
                i = end;
                continue;
            }
        }
        part.append(text.substr(here, i - here));
    }
    end_part(false);
    return parts;
}

}  // namespace

std::vector<std::string> split_names(std::string_view text) {
    std::vector<std::string> names;
    for (NamePart& part : split_parts(text)) names.push_back(std::move(part.text));
    return names;
}

std::string as_name(std::string_view part) {
    part = trim(part);
    for (int again = 0; again < 3; ++again) {
        const std::size_t lead = lead_length(part);
        if (lead == 0 || lead >= part.size()) break;
        part = trim(part.substr(lead));
    }
    // "Interview: Ana Ruiz"
    if (const std::size_t colon = part.rfind(':'); colon != std::string_view::npos && colon > 1)
        part = trim(part.substr(colon + 1));
    const bool is_short_form = ends_with_short_form(part);
    part = without_trailing(part, is_short_form ? ",:;-|\"'" : ".,:;-|\"'");
    while (!part.empty() && (part.front() == '"' || part.front() == '-' || part.front() == ':' ||
                             part.front() == '.'))
        part = trim(part.substr(1));
    // How much an author has written and how often it was read.
    for (const std::string_view count : {" 文章", " 总阅读", " 阅读", " 粉丝", " 关注"})
        part = trim(part.substr(0, part.find(count)));
    // Chinese and Korean roles stand behind the name.
    for (const std::string_view role :
         {"记者", "記者", "기자", "报道", "報導", "報道", "报导", "特派員", "编辑"}) {
        if (part.size() > role.size() + 2 && part.ends_with(role))
            part = trim(part.substr(0, part.size() - role.size()));
    }
    // Korean ones begin with the place or the paper: "부산=선수민".
    if (const std::size_t equals = part.rfind('='); equals != std::string_view::npos)
        part = trim(part.substr(equals + 1));
    if (part.empty() || part.size() > kMaxNameBytes) return {};
    if (part.find("://") != std::string_view::npos || part.find('@') != std::string_view::npos ||
        part.find('{') != std::string_view::npos || part.starts_with("www."))
        return {};
    if (const std::size_t space = part.find(' ');
        space != std::string_view::npos && place_leads().contains(part.substr(0, space)))
        return {};
    const std::size_t words = word_count(part);
    if (words == 0 || words > kMaxNameWords) return {};
    const std::string key = folded(part);
    if (no_names().contains(key)) return {};
    // "责任编辑：张申" names the editor, "报道" nobody.
    for (const std::string_view other : {"报道", "報道", "报导", "報導", "编辑", "編輯", "责任编辑",
                                         "責任編輯", "责编", "校对", "校對", "来源", "來源"}) {
        if (part == other || (part.starts_with(other) && part.size() > other.size() &&
                              (part.substr(other.size()).starts_with("：") ||
                               part.substr(other.size()).starts_with(":"))))
            return {};
    }
    if (code_point_count(part) < 2) return {};
    return collapse_space(part);
}

bool is_role(std::string_view part) {
    std::string key = folded(part);
    std::erase(key, '.');
    std::size_t begin = 0;
    while (begin < key.size()) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        if (role_words().contains(std::string_view(key).substr(begin, end - begin))) return true;
        begin = end + 1;
    }
    // "Ph.D." folds to two words
    return key == "ph d" || key == "m d" || key == "m s" || key == "r d" || key == "j d" ||
           key == "m p h" || key == "r n" || is_credential(part);
}

bool looks_like_name(std::string_view name) {
    std::size_t words = 0;
    std::size_t capitals = 0;
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t end = std::min(name.find(' ', begin), name.size());
        if (end > begin) {
            std::size_t i = begin;
            const char32_t c = next_code_point(name, i);
            ++words;
            // Letters without capitals count as capitals.
            if (lower(c) != c || c > 0x52F) ++capitals;
        }
        begin = end + 1;
    }
    return words > 0 && capitals * 2 >= words + 1;
}

void append(std::vector<std::string>& names, std::vector<std::string> more) {
    for (std::string& name : more) {
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
}

bool starts_as_byline(std::string_view text) { return lead_length(trim(text)) > 0; }

bool has_byline_segment(std::string_view text) {
    return std::ranges::any_of(segments_of(text), [](std::string_view segment) {
        return lead_length(segment) > 0 && segment.size() > 4;
    });
}

namespace {

bool has_capital(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (lower(c) != c) return true;
    }
    return false;
}

// True for a segment that stands beside names and is none: a topic, a role, a
// place, a date.
bool is_beside_name(std::string_view segment) {
    const std::string key = folded(segment);
    if (key.empty() || is_topic(key) || is_place(key) || is_weekday(key)) return true;
    bool has_digit = false;
    for (std::size_t i = 0; i < segment.size() && !has_digit;)
        has_digit = digit_value(next_code_point(segment, i)) >= 0;
    return has_digit || is_role(segment);
}

// The names in one segment of a byline.
std::vector<std::string> names_in_segment(std::string_view text, Origin origin, bool was_cut) {
    std::vector<std::string> names;
    for (int again = 0; again < 3; ++again) {
        const std::size_t lead = lead_length(text);
        if (lead == 0) break;
        text = trim(text.substr(lead));
    }
    if (text.starts_with('(') && text.ends_with(')') && text.contains(' '))
        text = trim(text.substr(1, text.size() - 2));
    std::string_view people = names_part(text, was_cut);
    // A bullet or bar at the very beginning leaves nothing; the names stand
    // behind it.
    if (trim(people).empty() && !text.empty() &&
        (text[0] == '|' || static_cast<unsigned char>(text[0]) > 0x7F)) {
        std::size_t i = 0;
        static_cast<void>(next_code_point(text, i));
        text = trim(text.substr(i));
        people = names_part(text, was_cut);
    }
    bool first = true;
    bool is_full_name_before = false;
    for (const NamePart& part : split_parts(people)) {
        if (!first && is_role(part.text)) continue;
        std::string name =
            as_name(origin == Origin::kPrinted ? without_role(part.text) : part.text);
        first = false;
        if (name.empty() || (is_role(name) && word_count(name) > 1 && !names.empty())) continue;
        // A weekday or a month before a date that was cut off.
        if (month_by_name(name.substr(0, name.find(' '))) != 0 && word_count(name) == 1) continue;
        const std::string key = folded(name);
        if (is_weekday(key) || is_agencies(key)) continue;
        if (!names.empty() && (is_place(key) || is_topic(key))) continue;
        if (origin == Origin::kPrinted && is_topic(key)) continue;
        // "Ana Ruiz, Berlin", "Ana Ruiz/Courier": a single word behind a full name
        // is its place or its paper.
        const bool is_single = name.find(' ') == std::string::npos && has_capital(name);
        if (origin == Origin::kPrinted && is_single && part.is_after_mark && is_full_name_before)
            continue;
        is_full_name_before = name.find(' ') != std::string::npos;
        if (names.size() < kMaxNames) append(names, {std::move(name)});
    }
    return names;
}

}  // namespace

bool is_no_part_of_names(std::string_view text) { return is_beside_name(text); }

std::vector<std::string> names_in_byline(std::string_view written, Origin origin) {
    const std::string visible = clean_title(first_bytes(trim(written), kMaxBylineBytes));
    if (is_address(visible)) return {};
    const std::string kept = without_mail(visible);
    std::string_view text = trim(kept);
    // "May 3, 2026 by Ana Ruiz", "Published: 3 May / By Ana Ruiz"
    if (lead_length(text) == 0) {
        const std::string small = lowered(text);
        if (small.size() == text.size()) {
            for (const std::string_view by : {" by ", " von ", " por ", " par "}) {
                const std::size_t at = small.find(by);
                // A noble name is no byline; what stands before ours is a date or a
                // label.
                if (at == std::string::npos) continue;
                const bool label = by == " by " || text.substr(0, at).find_first_of(
                                                       "0123456789:|") != std::string_view::npos;
                if (label) {
                    text = text.substr(at + 1);
                    break;
                }
            }
        }
    }
    bool was_cut = false;
    if (origin == Origin::kPrinted) text = without_date(text, was_cut);
    std::vector<std::string_view> segments = segments_of(text);
    // "Politics | By Ana Ruiz": the segment that says so.
    const auto led = std::ranges::find_if(
        segments, [](std::string_view segment) { return lead_length(segment) > 0; });
    if (led != segments.end()) segments.erase(segments.begin(), led);
    std::vector<std::string> places;
    for (const std::string_view segment : segments) {
        std::vector<std::string> names = names_in_segment(segment, origin, was_cut);
        // Behind a section, a role or a date stands the name; behind other words
        // anything.
        if (names.empty() && !is_beside_name(segment)) break;
        if (names.empty()) continue;
        const bool is_only_place =
            segments.size() > 1 && std::ranges::all_of(names, [](const std::string& name) {
                return is_place(folded(name));
            });
        if (!is_only_place) return names;
        if (places.empty()) places = std::move(names);
    }
    return places;
}

}  // namespace heliograph::extract
