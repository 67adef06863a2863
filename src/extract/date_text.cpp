// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/date_text.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "extract/month_names.h"
#include "extract/text_fold.h"

namespace heliograph::extract {
namespace {

using std::chrono::minutes;

constexpr std::size_t kMaxTextBytes = 2'000;
constexpr std::size_t kMaxTokens = 400;
constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;

// --- calendars

// Days from 1970-01-01 of a Persian day; the arithmetic form of the calendar (33-year cycle),
// right for 1178 to 1633 but for single days at the turn of some years.
std::optional<std::chrono::sys_days> from_persian(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1 || day > (month <= 6 ? 31 : 30)) return std::nullopt;
    const int cycle_year = year - 1;
    const int leap_days = (8 * cycle_year + 29) / 33;  // leap years before this one
    const int day_of_year = (month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7)) + day - 1;
    // 1 Farvardin 1399 was 2020-03-20.
    static constexpr int kLeapDaysBefore1399 = (8 * 1398 + 29) / 33;
    const int days = 365 * (year - 1399) + (leap_days - kLeapDaysBefore1399) + day_of_year;
    return std::chrono::sys_days{std::chrono::year{2020} / 3 / 20} + std::chrono::days{days};
}

// The year of our calendar for what a text gives; 0 when it is no year of an article.
int common_year(int year, bool thai) {
    if (year >= kFirstYear && year <= kLastYear) return year;
    if ((thai || year > kLastYear) && year - 543 >= kFirstYear && year - 543 <= kLastYear)
        return year - 543;
    return 0;
}

// --- tokens

struct Token {
    enum class Kind : std::uint8_t { kNumber, kWord, kMark };
    Kind kind = Kind::kMark;
    int value = 0;     // of a number
    int digits = 0;    // of a number
    std::string word;  // lower case; of a mark: the mark
    std::size_t begin = 0, end = 0;
    bool spaced = false;  // white space before it
    bool ascii_digits = true;

    [[nodiscard]] bool number() const { return kind == Kind::kNumber; }
    [[nodiscard]] bool is(std::string_view text) const { return word == text; }
};

// Han characters stand alone: 年 and 月 follow numbers without a space, and belong to no word.
bool stands_alone(char32_t c) { return is_cjk(c) && !(c >= 0xAC00 && c <= 0xD7A3); }

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    bool spaced = false;
    for (std::size_t i = 0; i < text.size() && tokens.size() < kMaxTokens;) {
        const std::size_t begin = i;
        char32_t c = next_code_point(text, i);
        if (is_space(c) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E)) {
            spaced = true;
            continue;
        }
        Token token;
        token.begin = begin;
        token.spaced = spaced;
        spaced = false;
        if (digit_value(c) >= 0) {
            token.kind = Token::Kind::kNumber;
            i = begin;
            while (i < text.size()) {
                std::size_t ahead = i;
                c = next_code_point(text, ahead);
                const int digit = digit_value(c);
                if (digit < 0) break;
                if (c > 0x7F) token.ascii_digits = false;
                if (++token.digits <= 9) token.value = token.value * 10 + digit;
                i = ahead;
            }
        } else if (is_word_character(c) && !stands_alone(c)) {
            token.kind = Token::Kind::kWord;
            i = begin;
            while (i < text.size()) {
                std::size_t ahead = i;
                c = next_code_point(text, ahead);
                if (!is_word_character(c) || digit_value(c) >= 0 || stands_alone(c)) {
                    // The dots inside of Thai abbreviations: "ม.ค."
                    if (c != '.' || ahead >= text.size() || token.word.empty() ||
                        static_cast<unsigned char>(token.word[0]) != 0xE0)
                        break;
                    const std::size_t after = ahead;
                    std::size_t probe = after;
                    if (digit_value(next_code_point(text, probe)) >= 0 ||
                        static_cast<unsigned char>(text[after]) != 0xE0)
                        break;
                }
                append_utf8(token.word, lower(c));
                i = ahead;
            }
        } else {
            token.word = std::string(text.substr(begin, i - begin));
        }
        token.end = i;
        tokens.push_back(std::move(token));
    }
    return tokens;
}

struct Day {
    int year = 0, month = 0, day = 0;
    std::size_t next = 0;  // the token after it
    bool ambiguous = false;
    bool persian = false;
};

class Finder {
  public:
    Finder(std::vector<Token> tokens, DateOrder order, std::string_view language)
        : tokens_(std::move(tokens)),
          order_(order),
          language_(language),
          thai_(language.starts_with("th")),
          persian_(language.starts_with("fa")) {}

    std::optional<FoundDate> find() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const auto day = day_at(i);
            if (!day) continue;
            auto date = as_date(*day);
            if (!date) continue;
            FoundDate found;
            found.begin = tokens_[i].begin;
            found.end = tokens_[day->next - 1].end;
            found.is_ambiguous = day->ambiguous;
            found.time = {.utc = *date, .offset = std::nullopt, .has_time = false};
            read_time(day->next, i, found);
            return found;
        }
        return std::nullopt;
    }

  private:
    [[nodiscard]] const Token* at(std::size_t i) const {
        return i < tokens_.size() ? &tokens_[i] : nullptr;
    }
    [[nodiscard]] bool mark(std::size_t i, std::string_view word) const {
        return i < tokens_.size() && !tokens_[i].number() && tokens_[i].word == word;
    }
    [[nodiscard]] int month(std::size_t i) const {
        if (i >= tokens_.size() || tokens_[i].kind != Token::Kind::kWord) return 0;
        return month_of_lowered(tokens_[i].word, language_);
    }

    [[nodiscard]] std::optional<Day> day_at(std::size_t i) const {
        const Token& first = tokens_[i];
        if (!first.number()) {
            // Most words are no months, and no number is near most words.
            const bool near_number = std::any_of(
                tokens_.begin() + static_cast<std::ptrdiff_t>(i),
                tokens_.begin() + static_cast<std::ptrdiff_t>(std::min(i + 5, tokens_.size())),
                [](const Token& token) { return token.number(); });
            if (!near_number) return std::nullopt;
            if (const int named = month(i); named != 0) return month_first(i, named);
            if (auto era = japanese_era(i)) return era;
            return std::nullopt;
        }
        // A number glued to a letter before it is a name ("A2026"), not the year.
        if (auto day = east_asian(i)) return day;
        if (auto day = numeric(i)) return day;
        if (auto day = vietnamese(i)) return day;
        if (auto day = year_first_named(i)) return day;
        return day_first_named(i);
    }

    // 2026年3月4日, 2026년 3월 4일, 民國115年3月4日.
    [[nodiscard]] std::optional<Day> east_asian(std::size_t i) const {
        const Token& first = tokens_[i];
        if (!(mark(i + 1, "年") || mark(i + 1, "년"))) return std::nullopt;
        int year = first.value;
        if (i >= 2 && first.digits <= 3 && (tokens_[i - 1].is("國") || tokens_[i - 1].is("国")) &&
            tokens_[i - 2].is("民"))
            year += 1911;
        if (first.digits == 2 && year < 90) year += 2000;
        return east_asian_rest(i + 2, year);
    }
    [[nodiscard]] std::optional<Day> east_asian_rest(std::size_t i, int year) const {
        const Token* number = at(i);
        if (number == nullptr || !number->number()) return std::nullopt;
        if (!(mark(i + 1, "月") || mark(i + 1, "월"))) return std::nullopt;
        const Token* day = at(i + 2);
        if (day == nullptr || !day->number()) return std::nullopt;
        const bool closed = mark(i + 3, "日") || mark(i + 3, "일") || mark(i + 3, "号");
        return Day{year, number->value, day->value, i + (closed ? 4 : 3), false, false};
    }
    // 令和8年3月4日, 令和元年...
    [[nodiscard]] std::optional<Day> japanese_era(std::size_t i) const {
        int base = 0;
        if (mark(i, "令") && mark(i + 1, "和")) base = 2018;
        if (mark(i, "平") && mark(i + 1, "成")) base = 1988;
        if (base == 0) return std::nullopt;
        const Token* number = at(i + 2);
        if (number == nullptr || !mark(i + 3, "年")) return std::nullopt;
        if (!number->number() && !number->is("元")) return std::nullopt;
        return east_asian_rest(i + 4, base + (number->number() ? number->value : 1));
    }

    // 2026-03-04, 2026/3/4, 04.03.2026, 3/4/2026, 04.03.26, 20260304.
    [[nodiscard]] std::optional<Day> numeric(std::size_t i) const {
        const Token& a = tokens_[i];
        if (a.digits == 8 && a.value >= kFirstYear * 10'000 && a.value < kLastYear * 10'000)
            return Day{a.value / 10'000, a.value / 100 % 100, a.value % 100, i + 1, false, false};
        const Token* separator = at(i + 1);
        if (separator == nullptr || separator->kind != Token::Kind::kMark) return std::nullopt;
        static constexpr std::string_view kSeparators[] = {"-",  "/", ".", "–", "．",
                                                           "／", "·", "‐", "−"};
        if (std::ranges::find(kSeparators, separator->word) == std::end(kSeparators))
            return std::nullopt;
        const Token* b = at(i + 2);
        const Token* c = at(i + 4);
        if (b == nullptr || c == nullptr || !c->number() || !mark(i + 3, separator->word))
            return std::nullopt;
        // 04-Mar-2026
        if (const int named = month(i + 2); named != 0 && c->digits >= 2) {
            if (a.digits == 4) return Day{a.value, named, c->value, i + 5, false, false};
            return Day{full_year(*c), named, a.value, i + 5, false, false};
        }
        if (!b->number() || b->digits > 2) return std::nullopt;
        // 10.30.2026 with spaces is no date: "Kap. 3. 4. 2026" may be, in Czech.
        if (a.digits == 4 && c->digits <= 2) {
            const bool persian = a.value >= 1370 && a.value <= 1450;
            return Day{a.value, b->value, c->value, i + 5, false, persian};
        }
        if (a.digits > 2 || (c->digits != 4 && c->digits != 2)) return std::nullopt;
        // Two digits for the year: also hours, versions, scores. Only with two digits all through.
        if (c->digits == 2) {
            if (a.digits != 2 && b->digits != 2 && separator->word != "/") return std::nullopt;
            if (b->spaced || c->spaced) return std::nullopt;
            // 26-03-04 of Chinese and Korean pages
            if (a.value > 12 && c->value > 12 && b->value <= 12 && a.value > 31)
                return std::nullopt;
        }
        if (c->digits == 2 && (mark(i + 5, ":") || mark(i + 5, separator->word)))
            return std::nullopt;
        Day out{full_year(*c), b->value, a.value, i + 5, false, false};
        if (order_ == DateOrder::kMonthFirst && separator->word != ".")
            std::swap(out.month, out.day);
        if (out.month > 12 && out.day <= 12) std::swap(out.month, out.day);
        out.ambiguous =
            out.month <= 12 && out.day <= 12 && out.month != out.day && separator->word != ".";
        return out;
    }

    // 4 tháng 3, 2026; 4 tháng 3 năm 2026
    [[nodiscard]] std::optional<Day> vietnamese(std::size_t i) const {
        if (!mark(i + 1, "tháng") && !mark(i + 1, "thg")) return std::nullopt;
        const Token* number = at(i + 2);
        if (number == nullptr || !number->number()) return std::nullopt;
        std::size_t next = i + 3;
        if (mark(next, ",") || mark(next, "năm") || mark(next, "/")) ++next;
        if (mark(next, "năm")) ++next;
        const Token* year = at(next);
        if (year == nullptr || !year->number()) return std::nullopt;
        return Day{year->value, number->value, tokens_[i].value, next + 1, false, false};
    }

    // What may stand between the number of a day and the name of its month, or behind it.
    [[nodiscard]] bool is_filler(std::size_t i) const {
        if (i >= tokens_.size()) return false;
        static constexpr std::string_view kFillers[] = {
            ".",   ",",  "-",   "–",   "/",  "de",  "del", "di",  "of",  "the", "st", "nd",
            "rd",  "th", "º",   "°",   "ª",  "er",  "re",  "ta",  "ta'", "a",   "d",  "m",
            "mga", "ng", "،",   "г",   "р",  "ος",  "του", "i",   "den", "en",  "le", "am",
            "el",  "al", "dne", "un",  "ás", "-án", "án",  "-én", "én",  "'",   "’",  "da",
            "do",  "e",  "és",  "thứ", "के",  "ה",   "dd",  "als", "abr"};
        return std::ranges::find(kFillers, tokens_[i].word) != std::end(kFillers);
    }

    // 4 March 2026, 4. März 2026, 4 de marzo de 2026, 4th of March, 2026, 4 марта 2026 г.
    [[nodiscard]] std::optional<Day> day_first_named(std::size_t i) const {
        const Token& first = tokens_[i];
        if (first.digits > 2 || first.value < 1 || first.value > 31) return std::nullopt;
        std::size_t next = i + 1;
        for (int fillers = 0; fillers < 3 && is_filler(next) && month(next) == 0; ++fillers) ++next;
        bool persian = false;
        int named = 0;
        if (next < tokens_.size() && tokens_[next].kind == Token::Kind::kWord) {
            // Persian letters: Arabic ya and kaf are written for them as often.
            if (const int p = persian_month(tokens_[next].word); p != 0) {
                named = p;
                persian = true;
            }
        }
        if (named == 0 || (persian && !persian_)) {
            const int common = two_word_month(next);
            if (common != 0) {
                named = common;
                persian = false;
            } else if (const int single = month(next); single != 0) {
                named = single;
                persian = false;
            }
        }
        if (named == 0) return std::nullopt;
        ++next;
        if (two_word_month(next - 1) != 0) ++next;
        for (int fillers = 0; fillers < 3 && is_filler(next); ++fillers) ++next;
        // "พ.ศ. 2569", "ค.ศ. 2026"
        if (next < tokens_.size() && tokens_[next].kind == Token::Kind::kWord &&
            (tokens_[next].word.starts_with("พ.ศ") || tokens_[next].word.starts_with("ค.ศ"))) {
            ++next;
            if (mark(next, ".")) ++next;
        }
        const Token* year = at(next);
        if (year == nullptr || !year->number()) return std::nullopt;
        if (persian && year->value > 1500) persian = false;
        if (year->digits != 4 && !(year->digits == 2 && !year->spaced)) {
            if (year->digits != 2 || mark(next + 1, ":")) return std::nullopt;
        }
        return Day{thai_short_year(*year), named, first.value, next + 1, false, persian};
    }

    // كانون الثاني, تشرين الأول
    [[nodiscard]] int two_word_month(std::size_t i) const {
        if (i + 1 >= tokens_.size()) return 0;
        if (tokens_[i].word != "كانون" && tokens_[i].word != "تشرين") return 0;
        return month_of_lowered(tokens_[i].word + tokens_[i + 1].word, language_);
    }

    // March 4, 2026; Mar. 4th 2026; maaliskuun 4. 2026
    [[nodiscard]] std::optional<Day> month_first(std::size_t i, int named) const {
        std::size_t next = i + 1;
        for (int fillers = 0; fillers < 2 && is_filler(next); ++fillers) ++next;
        const Token* day = at(next);
        if (day == nullptr || !day->number() || day->digits > 2) return std::nullopt;
        ++next;
        for (int fillers = 0; fillers < 3 && is_filler(next); ++fillers) ++next;
        const Token* year = at(next);
        if (year == nullptr || !year->number()) return std::nullopt;
        if (year->digits != 4 &&
            !(year->digits == 2 && mark(next - 1, ",") && !mark(next + 1, ":")))
            return std::nullopt;
        return Day{full_year(*year), named, day->value, next + 1, false, false};
    }

    // 2026. március 4., 2026 m. kovo 4 d., 2026, March 4
    [[nodiscard]] std::optional<Day> year_first_named(std::size_t i) const {
        const Token& year = tokens_[i];
        if (year.digits != 4) return std::nullopt;
        std::size_t next = i + 1;
        for (int fillers = 0; fillers < 3 && is_filler(next) && month(next) == 0; ++fillers) ++next;
        const int named = month(next);
        if (named == 0) return std::nullopt;
        ++next;
        for (int fillers = 0; fillers < 2 && is_filler(next); ++fillers) ++next;
        const Token* day = at(next);
        if (day == nullptr || !day->number() || day->digits > 2) return std::nullopt;
        return Day{year.value, named, day->value, next + 1, false, false};
    }

    [[nodiscard]] static int full_year(const Token& year) {
        if (year.digits == 2) return year.value < 70 ? 2000 + year.value : 1900 + year.value;
        return year.value;
    }
    [[nodiscard]] int thai_short_year(const Token& year) const {
        if (thai_ && year.digits == 2 && year.value > 33) return 2500 + year.value;
        return full_year(year);
    }

    [[nodiscard]] std::optional<std::chrono::sys_days> as_date(const Day& day) const {
        if (day.persian || (persian_ && day.year >= 1370 && day.year <= 1450)) {
            const auto date = from_persian(day.year, day.month, day.day);
            if (date && day.year >= 1369 && day.year <= 1480) return date;
            return std::nullopt;
        }
        const int year = common_year(day.year, thai_);
        if (year == 0 || day.month < 1 || day.month > 12 || day.day < 1 || day.day > 31)
            return std::nullopt;
        const std::chrono::year_month_day date{std::chrono::year{year},
                                               std::chrono::month{static_cast<unsigned>(day.month)},
                                               std::chrono::day{static_cast<unsigned>(day.day)}};
        if (!date.ok()) return std::nullopt;
        return std::chrono::sys_days{date};
    }

    // A time of day within a few tokens behind the date, or right before it.
    void read_time(std::size_t next, std::size_t first, FoundDate& found) const {
        for (std::size_t i = next; i < tokens_.size() && i < next + 4; ++i) {
            if (read_time_at(i, found)) return;
            // Only small words and marks may stand between.
            if (tokens_[i].number() || tokens_[i].word.size() > 12) break;
        }
        for (std::size_t back = 3; back <= 6 && back <= first; ++back) {
            if (read_time_at(first - back, found)) return;
        }
    }

    bool read_time_at(std::size_t i, FoundDate& found) const {
        const Token& hour = tokens_[i];
        if (!hour.number() || hour.digits > 2 || hour.value > 24) return false;
        int minute = 0;
        std::size_t next = i + 1;
        const bool colon = mark(next, ":") || mark(next, "：");
        const bool dotted = mark(next, ".") || mark(next, "h") || mark(next, "時") ||
                            mark(next, "时") || mark(next, "點") || mark(next, "点") ||
                            mark(next, "시");
        if (!colon && !dotted && !is_half(next)) return false;
        if (colon || dotted) {
            const Token* number = at(next + 1);
            if (number == nullptr || !number->number() || number->digits != 2 ||
                number->value > 59) {
                if (!dotted || mark(next, ".")) return false;
                ++next;
            } else {
                minute = number->value;
                next += 2;
                if (mark(next, "分") || mark(next, "분")) ++next;
                // Seconds are read over.
                if (mark(next, ":") && at(next + 1) != nullptr && at(next + 1)->number()) next += 2;
            }
        }
        int hours = hour.value;
        const int half = half_at(next);
        if (half != 0) {
            if (hours > 12) return false;
            hours = hours % 12 + (half == 2 ? 12 : 0);
            next += mark(next + 1, ".") && mark(next + 3, ".") ? 4 : 1;
        }
        found.time.utc += std::chrono::hours{hours} + minutes{minute};
        found.time.has_time = true;
        if (const auto offset = zone_at(next)) {
            found.time.offset = offset;
            found.time.utc -= *offset;
        }
        return true;
    }

    // 1 for "am", 2 for "pm" in their spellings; 0 for neither.
    [[nodiscard]] int half_at(std::size_t i) const {
        if (i >= tokens_.size()) return 0;
        const std::string& word = tokens_[i].word;
        if (word == "am") return 1;
        if (word == "pm") return 2;
        if ((word == "a" || word == "p") && mark(i + 1, ".") && mark(i + 2, "m"))
            return word == "a" ? 1 : 2;
        return 0;
    }
    [[nodiscard]] bool is_half(std::size_t i) const { return half_at(i) != 0; }

    [[nodiscard]] std::optional<minutes> zone_at(std::size_t i) const {
        if (i >= tokens_.size()) return std::nullopt;
        struct Zone {
            std::string_view name;
            int minutes_east;
        };
        static constexpr Zone kZones[] = {
            {"gmt", 0},    {"utc", 0},    {"est", -300}, {"edt", -240}, {"cst", -360},
            {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
            {"cet", 60},   {"cest", 120}, {"bst", 60},   {"ist", 330},  {"jst", 540},
            {"kst", 540},  {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780},
            {"msk", 180},  {"мск", 180},  {"eet", 120},  {"eest", 180}, {"sgt", 480},
            {"hkt", 480},  {"wib", 420},  {"wat", 60},   {"eat", 180},  {"sast", 120}};
        for (const Zone& zone : kZones) {
            if (zone.name == tokens_[i].word) return minutes{zone.minutes_east};
        }
        return std::nullopt;
    }

    std::vector<Token> tokens_;
    DateOrder order_;
    std::string_view language_;
    bool thai_, persian_;
};

// Every date has two numbers or one of eight digits; looks at ASCII digits, and takes other letters
// for what may be one.
bool may_hold_date(std::string_view text) {
    std::size_t numbers = 0;
    std::size_t digits = 0;  // of the number that goes on
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0xD9) {
            if (numbers > 0) return true;
            // Arabic and Persian digits, those of Asia, 元 for a first year.
            ++numbers;
            digits = 0;
        } else if (c >= '0' && c <= '9') {
            if (++digits == 1) ++numbers;
            if (numbers >= 2 || digits >= 8) return true;
        } else {
            digits = 0;
        }
    }
    return false;
}

}  // namespace

DateOrder date_order(std::string_view language, std::string_view host) {
    const std::string tag = ascii_lower(language);
    const std::size_t cut = tag.find_first_of("-_");
    const std::string_view base = std::string_view(tag).substr(0, cut);
    if (base == "fil" || base == "tl") return DateOrder::kMonthFirst;
    if (!base.empty() && base != "en") return DateOrder::kDayFirst;
    if (cut != std::string::npos) {
        const std::string_view region = std::string_view(tag).substr(cut + 1);
        if (region.starts_with("us") || region.starts_with("ph")) return DateOrder::kMonthFirst;
        if (region.size() == 2) return DateOrder::kDayFirst;
    }
    // ".uk", ".in", ".au": a country's own domain; a two-letter one of the whole world is no sign.
    const std::size_t dot = host.rfind('.');
    const std::string_view top = dot == std::string_view::npos ? "" : host.substr(dot + 1);
    if (top.size() == 2 && top != "us" && top != "ph" && top != "io" && top != "co" &&
        top != "tv" && top != "ai" && top != "me" && top != "fm")
        return DateOrder::kDayFirst;
    return base.empty() && top.empty() ? DateOrder::kDayFirst : DateOrder::kMonthFirst;
}

std::optional<FoundDate> find_date(std::string_view text, DateOrder order,
                                   std::string_view language) {
    text = text.substr(0, kMaxTextBytes);
    if (!may_hold_date(text)) return std::nullopt;
    const std::string tag = ascii_lower(language.substr(0, 8));
    return Finder(tokens_of(text), order, tag).find();
}

int month_by_name(std::string_view word, std::string_view language) {
    return month_of_lowered(lowered(trim(word)), language);
}

std::optional<DateTime> date_in_path(std::string_view path) {
    // An archive's address begins with the day of the capture and ends with the page's own.
    if (const std::size_t inner = path.rfind("http"); inner != std::string_view::npos && inner > 0)
        path.remove_prefix(inner);
    const auto number = [&](std::size_t begin, std::size_t length) -> int {
        if (begin + length > path.size()) return -1;
        int value = 0;
        for (const char c : path.substr(begin, length)) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const auto is_digit = [&](std::size_t i) {
        return i < path.size() && path[i] >= '0' && path[i] <= '9';
    };
    const auto as_time = [](int year, int month, int day) -> std::optional<DateTime> {
        const std::chrono::year_month_day date{std::chrono::year{year},
                                               std::chrono::month{static_cast<unsigned>(month)},
                                               std::chrono::day{static_cast<unsigned>(day)}};
        if (!date.ok()) return std::nullopt;
        return DateTime{
            .utc = std::chrono::sys_days{date}, .offset = std::nullopt, .has_time = false};
    };
    for (std::size_t i = 0; i + 8 <= path.size(); ++i) {
        if (!is_digit(i) || (i > 0 && is_digit(i - 1))) continue;
        const int year = number(i, 4);
        if (year < kFirstYear || year > kLastYear) continue;
        std::size_t next = i + 4;
        const char separator = path[next];
        if (separator == '/' || separator == '-' || separator == '_' || separator == '.') {
            ++next;
            int month = 0;
            if (is_digit(next)) {
                const std::size_t length = is_digit(next + 1) ? 2 : 1;
                month = number(next, length);
                next += length;
            } else {
                const std::size_t length = std::min(path.find(separator, next), path.size()) - next;
                month = month_by_name(path.substr(next, length));
                next += length;
            }
            if (month < 1 || month > 12 || next >= path.size()) continue;
            if (path[next] != separator && path[next] != '/' && path[next] != '-') continue;
            ++next;
            if (!is_digit(next)) continue;
            const std::size_t length = is_digit(next + 1) ? 2 : 1;
            // "/2026/03/260304-title"
            if (number(next, 2) == year % 100 && number(next + 2, 2) == month &&
                is_digit(next + 5) && !is_digit(next + 6)) {
                if (auto time = as_time(year, month, number(next + 4, 2))) return time;
            }
            if (is_digit(next + length)) continue;  // "/2026/03/12345-title" has no day
            if (auto time = as_time(year, month, number(next, length))) return time;
        } else if (is_digit(next)) {
            // 20260304, also with a time or a number behind it
            const int month = number(i + 4, 2);
            const int day = number(i + 6, 2);
            if (month < 1 || month > 12 || day < 1 || day > 31) continue;
            std::size_t length = 8;
            while (is_digit(i + length)) ++length;
            if (length != 8 && length != 12 && length != 14) continue;
            if (auto time = as_time(year, month, day)) return time;
        }
    }
    return std::nullopt;
}

}  // namespace heliograph::extract
