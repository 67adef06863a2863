// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/date.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/utf8.h"

namespace heliograph {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};

struct Zone {
    std::string_view name;
    int hours_east;
};
// RFC 822 section 5.1, and what feeds have beside it.
constexpr Zone kZones[] = {{"gmt", 0},  {"ut", 0},   {"utc", 0},  {"z", 0},    {"est", -5},
                           {"edt", -4}, {"cst", -6}, {"cdt", -5}, {"mst", -7}, {"mdt", -6},
                           {"pst", -8}, {"pdt", -7}, {"bst", 1},  {"cet", 1},  {"cest", 2},
                           {"msk", 3},  {"jst", 9}};

// Reads from the front of a text; every function moves on only when it succeeds.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
    bool skip(char c) {
        if (peek() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void skip_spaces() {
        while (peek() == ' ' || peek() == '\t') rest_.remove_prefix(1);
    }
    // Between `least` and `most` digits, as many as there are.
    std::optional<int> number(std::size_t least, std::size_t most) {
        std::size_t length = 0;
        int value = 0;
        while (length < most && length < rest_.size() && rest_[length] >= '0' &&
               rest_[length] <= '9') {
            value = value * 10 + (rest_[length++] - '0');
        }
        if (length < least) return std::nullopt;
        rest_.remove_prefix(length);
        return value;
    }
    [[nodiscard]] std::size_t digits_ahead() const {
        std::size_t length = 0;
        while (length < rest_.size() && rest_[length] >= '0' && rest_[length] <= '9') ++length;
        return length;
    }
    // A run of ASCII letters, in lower case.
    std::string word() {
        std::size_t length = 0;
        while (length < rest_.size() &&
               ((rest_[length] | 0x20) >= 'a' && (rest_[length] | 0x20) <= 'z'))
            ++length;
        std::string out = ascii_lower(rest_.substr(0, length));
        rest_.remove_prefix(length);
        return out;
    }

  private:
    std::string_view rest_;
};

struct Parts {
    int year = 0, month = 0, day = 0;
    int hour = 0, minute = 0, second = 0;
    bool has_time = false;
    std::optional<minutes> offset;
};

std::optional<DateTime> assemble(const Parts& p) {
    const std::chrono::year_month_day day{std::chrono::year{p.year},
                                          std::chrono::month{static_cast<unsigned>(p.month)},
                                          std::chrono::day{static_cast<unsigned>(p.day)}};
    // A leap second is written 60; 24:00 is the end of the day (ISO 8601).
    if (!day.ok() || p.hour > 24 || p.minute > 59 || p.second > 60) return std::nullopt;
    if (p.hour == 24 && (p.minute != 0 || p.second != 0)) return std::nullopt;
    DateTime out;
    out.utc = std::chrono::sys_days{day} + hours{p.hour} + minutes{p.minute} + seconds{p.second};
    out.offset = p.offset;
    out.has_time = p.has_time;
    if (p.offset) out.utc -= *p.offset;
    return out;
}

// "Z", "+08:00", "+0800", "+08", "-5:30", "GMT", "EST", "GMT+8". True also when there is none.
bool read_zone(Scanner& in, std::optional<minutes>& offset) {
    in.skip_spaces();
    if (in.at_end()) return true;
    if (const std::string name = in.word(); !name.empty()) {
        bool known = false;
        for (const Zone& zone : kZones) {
            if (zone.name == name) {
                offset = hours{zone.hours_east};
                known = true;
            }
        }
        if (!known) return in.at_end();  // a zone we do not know: the time stands, as UTC
    }
    if (in.peek() == '+' || in.peek() == '-') {
        const int sign = in.skip('-') ? -1 : (in.skip('+'), 1);
        const auto digits = in.digits_ahead();
        const auto hour = in.number(1, digits == 3 ? 1 : 2);
        if (!hour) return false;
        in.skip(':');
        const int minute = in.number(2, 2).value_or(0);
        if (*hour > 14 || minute > 59) return false;
        offset = sign * (hours{*hour} + minutes{minute});
    }
    in.skip_spaces();
    if (in.skip('(')) return true;  // a comment of RFC 5322: "(CST)"
    return in.at_end();
}

// "08:30", "08:30:15", "08:30:15.123", "083015".
bool read_time(Scanner& in, Parts& p) {
    const auto hour = in.number(1, 2);
    if (!hour) return false;
    p.hour = *hour;
    const bool extended = in.skip(':');
    const auto minute = in.number(2, 2);
    if (!minute) return false;
    p.minute = *minute;
    if (extended ? in.skip(':') : in.digits_ahead() >= 2) {
        const auto second = in.number(2, 2);
        if (!second) return false;
        p.second = *second;
        if (in.skip('.') || in.skip(',')) {
            while (in.number(1, 9)) {
            }
        }
    }
    p.has_time = true;
    return true;
}

// RFC 3339 and ISO 8601 calendar dates.
std::optional<DateTime> parse_iso(std::string_view text) {
    Scanner in(text);
    Parts p;
    const auto year = in.number(4, 4);
    if (!year) return std::nullopt;
    p.year = *year;
    const char separator = in.peek();
    const bool separated = separator == '-' || separator == '/' || separator == '.';
    if (separated) in.skip(separator);
    const auto month = in.number(separated ? 1 : 2, 2);
    if (!month) return std::nullopt;
    if (separated && !in.skip(separator)) return std::nullopt;
    const auto day = in.number(separated ? 1 : 2, 2);
    if (!day) return std::nullopt;
    p.month = *month;
    p.day = *day;
    if (in.at_end()) return assemble(p);
    // "2026-11-14+08:00" is a date of XML Schema.
    if (in.peek() != '+' && in.peek() != 'Z') {
        if (!in.skip('T') && !in.skip('t') && in.peek() != ' ') return std::nullopt;
        in.skip_spaces();
        if (in.at_end()) return assemble(p);
        if (!read_time(in, p)) return std::nullopt;
    }
    if (!read_zone(in, p.offset)) return std::nullopt;
    return assemble(p);
}

std::optional<int> month_of(std::string_view word) {
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (word.starts_with(kMonths[i])) return static_cast<int>(i) + 1;
    }
    return std::nullopt;
}

int full_year(int year, std::size_t digits) {
    // RFC 5322 section 4.3: two digits below 50 are of this century, three digits count from 1900.
    if (digits == 2) return year < 50 ? 2000 + year : 1900 + year;
    return digits == 3 ? 1900 + year : year;
}

// "Sat, 14 Nov 2026 08:30:00 GMT", "Saturday, 14-Nov-26 08:30:00 GMT", "Sat Nov 14 08:30:00 2026",
// "Nov 14, 2026 08:30".
std::optional<DateTime> parse_named_month(std::string_view text) {
    Scanner in(text);
    Parts p;
    std::string word = in.word();
    if (!word.empty() && !month_of(word)) {  // a weekday; which one is not checked
        in.skip('.');
        in.skip(',');
        in.skip_spaces();
        word = in.word();
    }
    // "Mon" is no month, but "Mar" may be the French Tuesday: a comma or a dot tells.
    if (!word.empty() && in.skip(',')) {
        in.skip_spaces();
        word = in.word();
    }
    const auto separator = [&] {
        return in.skip('-') || in.peek() == ' ' || in.peek() == ',' || in.peek() == '.';
    };
    std::optional<int> day;
    std::optional<int> month;
    const bool month_first = !word.empty();
    if (month_first) {
        month = month_of(word);
        if (!month) return std::nullopt;
        in.skip('.');
        in.skip_spaces();
        day = in.number(1, 2);
        in.skip(',');
    } else {
        day = in.number(1, 2);
        if (!day || !separator()) return std::nullopt;
        in.skip_spaces();
        month = month_of(in.word());
        in.skip('.');
        in.skip('-');
        in.skip(',');
    }
    if (!day || !month) return std::nullopt;
    p.day = *day;
    p.month = *month;
    in.skip_spaces();
    const auto read_year = [&] {
        const std::size_t digits = in.digits_ahead();
        const auto year = in.number(2, 4);
        if (year) p.year = full_year(*year, digits);
        return year.has_value();
    };
    // asctime: the time stands before the year.
    Scanner ahead = in;
    if (month_first && ahead.number(1, 2) && ahead.peek() == ':') {
        if (!read_time(in, p)) return std::nullopt;
        in.skip_spaces();
        if (!read_year()) return std::nullopt;
        in.skip_spaces();
        return in.at_end() ? assemble(p) : std::nullopt;
    }
    if (!read_year()) return std::nullopt;
    in.skip(',');
    in.skip_spaces();
    if (in.at_end()) return assemble(p);
    if (!read_time(in, p)) return std::nullopt;
    if (!read_zone(in, p.offset)) return std::nullopt;
    return assemble(p);
}

std::chrono::sys_seconds local(const DateTime& time) {
    return time.utc + time.offset.value_or(minutes{0});
}

struct Civil {
    int year;
    unsigned month, day;
    int hour, minute, second;
};

Civil civil(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            static_cast<int>(clock.hours().count()),
            static_cast<int>(clock.minutes().count()),
            static_cast<int>(clock.seconds().count())};
}

// With zeros before it; each page has a dozen of these.
void append_number(std::string& out, int number, int width) {
    if (number < 0) {
        out += fmt::format("{:0{}}", number, width);
        return;
    }
    const std::size_t begin = out.size();
    for (; width > 0 || number > 0; --width, number /= 10)
        out += static_cast<char>('0' + number % 10);
    std::reverse(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
}

void append_day(std::string& out, const Civil& c) {
    append_number(out, c.year, 4);
    out += '-';
    append_number(out, static_cast<int>(c.month), 2);
    out += '-';
    append_number(out, static_cast<int>(c.day), 2);
}

void append_minute(std::string& out, int hour, int minute) {
    append_number(out, hour, 2);
    out += ':';
    append_number(out, minute, 2);
}

}  // namespace

std::optional<DateTime> parse_date_time(std::string_view text) {
    text = trim(text);
    // Longer than any date: do not walk megabytes.
    if (text.empty() || text.size() > 100) return std::nullopt;
    if (auto time = parse_iso(text)) return time;
    return parse_named_month(text);
}

std::string format_rfc3339(const DateTime& time) {
    const Civil c = civil(local(time));
    std::string out;
    append_day(out, c);
    if (!time.has_time) return out;
    out += 'T';
    append_minute(out, c.hour, c.minute);
    out += ':';
    append_number(out, c.second, 2);
    const auto offset = static_cast<int>(time.offset.value_or(minutes{0}).count());
    if (offset == 0) return out += 'Z';
    out += offset < 0 ? '-' : '+';
    append_minute(out, std::abs(offset) / 60, std::abs(offset) % 60);
    return out;
}

std::string format_local(const DateTime& time) {
    const Civil c = civil(local(time));
    std::string out;
    append_day(out, c);
    if (!time.has_time) return out;
    out += ' ';
    append_minute(out, c.hour, c.minute);
    return out;
}

std::string format_day(const DateTime& time) {
    std::string out;
    append_day(out, civil(local(time)));
    return out;
}

std::string format_utc(std::chrono::sys_seconds time) {
    return format_rfc3339({.utc = time, .offset = std::nullopt, .has_time = true});
}

std::string format_http_date(std::chrono::sys_seconds time) {
    const Civil c = civil(time);
    const std::chrono::weekday weekday{std::chrono::floor<days>(time)};
    std::string month(kMonths[c.month - 1]);
    month[0] = static_cast<char>(month[0] - 'a' + 'A');
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kWeekdays[weekday.c_encoding()],
                       c.day, month, c.year, c.hour, c.minute, c.second);
}

std::chrono::year_month_day local_day(const DateTime& time) {
    return std::chrono::year_month_day{std::chrono::floor<days>(local(time))};
}

}  // namespace heliograph
