// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/csv.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/utf8.h"
#include "html/url.h"
#include "source/feed.h"
#include "source/plain_text.h"

namespace heliograph::source {
namespace {

constexpr std::size_t kNoColumn = std::string_view::npos;
// Lines that looks_like_list() reads: a heading, some remarks.
constexpr int kLinesLookedAt = 20;

struct Record {
    std::vector<std::string> fields;
    std::size_t line = 0;  // where it begins, counted from 1
    bool unclosed_quote = false;
    bool quoted = false;  // some field was
};

// RFC 4180: quoted fields may hold separators, doubled quotes and line ends.
class RecordReader {
  public:
    RecordReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

    std::optional<Record> next() {
        if (at_ >= text_.size()) return std::nullopt;
        Record record{.fields = {}, .line = line_};
        const std::size_t begin = at_;
        while (true) {
            record.fields.push_back(field(record, begin));
            if (at_ >= text_.size()) break;
            const char c = text_[at_++];
            if (c == separator_) continue;
            if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
            ++line_;
            break;
        }
        return record;
    }

  private:
    // Ends at a separator, a line end, or the end of the text.
    std::string field(Record& record, std::size_t record_begin) {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t') &&
               text_[at_] != separator_)
            ++at_;
        if (at_ < text_.size() && text_[at_] == '"') {
            if (auto quoted = quoted_field(record_begin)) {
                record.quoted = true;
                return *std::move(quoted);
            }
            record.unclosed_quote = true;
        }
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
               text_[at_] != '\r')
            ++at_;
        std::string_view out = text_.substr(begin, at_ - begin);
        if (record.unclosed_quote && out.starts_with('"')) out.remove_prefix(1);
        return std::string(trim(out));
    }

    // nullopt, and nothing read, when the quote is never closed.
    std::optional<std::string> quoted_field(std::size_t record_begin) {
        std::string out;
        std::size_t lines = 0;
        for (std::size_t i = at_ + 1; i < text_.size() && i - record_begin < kMaxListLine; ++i) {
            if (text_[i] != '"') {
                if (text_[i] == '\n') ++lines;
                out += text_[i];
                continue;
            }
            if (i + 1 < text_.size() && text_[i + 1] == '"') {
                out += '"';
                ++i;
                continue;
            }
            at_ = i + 1;
            line_ += lines;
            // What stands between the quote and the separator belongs to it: "a" b.
            while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
                   text_[at_] != '\r')
                out += text_[at_++];
            return collapse_space(out);
        }
        return std::nullopt;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

bool has_scheme(std::string_view field) {
    return starts_with_ignoring_ascii_case(field, "http://") ||
           starts_with_ignoring_ascii_case(field, "https://");
}

// "daily.example/a", "//daily.example/a" and "www.daily.example", but not "index.html",
// "pages/a.html", "v1.2" or "Mr. Smith goes".
bool lacks_scheme(std::string_view field) {
    if (field.starts_with("//")) field.remove_prefix(2);
    const std::string_view host = field.substr(0, field.find_first_of("/?#"));
    const std::size_t dot = host.rfind('.');
    if (dot == host.npos || dot == 0 || field.find(' ') != field.npos) return false;
    // Quotes, brackets: a line of a program.
    if (std::ranges::any_of(host, [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return byte < 0x80 && std::isalnum(byte) == 0 && c != '-' && c != '.' && c != ':' &&
                   c != '_' && c != '%';
        }))
        return false;
    std::string_view top = host.substr(dot + 1);
    top = top.substr(0, top.find(':'));
    constexpr auto kFiles = std::to_array<std::string_view>(
        {"html", "htm", "xhtml", "md", "txt", "pdf", "php", "asp", "aspx", "jsp", "xml"});
    const bool is_file =
        host.size() == field.size() &&
        std::ranges::find(kFiles, std::string_view(ascii_lower(top))) != kFiles.end();
    return top.size() >= 2 && !is_file &&
           std::ranges::none_of(top, [](char c) { return (c >= '0' && c <= '9') || c == '_'; });
}

// "pages/a.html", "/srv/a.html", "..\a.html", "C:\a.html", "file:///a.html".
bool is_local_page(std::string_view field) {
    if (field.find(' ') != field.npos && !field.starts_with("file:")) return false;
    return starts_with_ignoring_ascii_case(field, "file:") || field.starts_with('/') ||
           field.starts_with("./") || field.starts_with("../") || field.find('\\') != field.npos ||
           field.ends_with(".html") || field.ends_with(".htm") || field.ends_with(".md");
}

bool is_address(std::string_view field) { return has_scheme(field) || lacks_scheme(field); }

struct Columns {
    std::size_t url = kNoColumn;
    std::size_t title = kNoColumn;
    std::size_t date = kNoColumn;
};

// What a first line says the columns are; nullopt when it names no column of addresses.
std::optional<Columns> columns_named(const Record& record) {
    Columns columns;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const std::string name = ascii_lower(record.fields[i]);
        if (name == "url" || name == "link" || name == "address") columns.url = i;
        if (name == "title" || name == "headline") columns.title = i;
        if (name == "date" || name == "published") columns.date = i;
    }
    if (columns.url == kNoColumn) return std::nullopt;
    return columns;
}

char separator_of(std::string_view text) {
    // By the first lines that have an address: "url;title", "url<tab>title".
    int votes[3] = {};
    static constexpr char kSeparators[] = {',', '\t', ';'};
    for (int i = 0; i < 3; ++i) {
        RecordReader reader(text.substr(0, kMaxListLine), kSeparators[i]);
        for (int line = 0; line < kLinesLookedAt; ++line) {
            const auto record = reader.next();
            if (!record) break;
            if (columns_named(*record) && record->fields.size() > 1) votes[i] += 2;
            // A comma in a title or an address says little against a tab between them.
            if (record->fields.size() > 1 && std::ranges::any_of(record->fields, [](const auto& f) {
                    return is_address(f) && f.find_first_of("\t;") == f.npos;
                }))
                ++votes[i];
        }
    }
    const auto* best = std::max_element(std::begin(votes), std::end(votes));
    return kSeparators[best - votes];
}

class List {
  public:
    explicit List(std::string_view text) : text_(text), separator_(separator_of(text)) {
        feed_.kind = SourceKind::kList;
    }

    Feed run() {
        RecordReader reader(text_, separator_);
        std::optional<Columns> named;
        bool is_first = true;
        while (const auto record = reader.next()) {
            if (std::ranges::all_of(record->fields, &std::string::empty)) continue;  // blank
            if (std::exchange(is_first, false)) {
                named = columns_named(*record);
                if (named) continue;
            }
            if (record->fields.front().starts_with('#')) continue;  // a remark
            take(*record, named);
            if (feed_.entries.size() == kMaxEntries) {
                add_warning(feed_, fmt::format("line {}: the list is too long: more than {} lines",
                                               record->line, kMaxEntries));
                break;
            }
        }
        return std::move(feed_);
    }

  private:
    void warn(std::size_t line, std::string_view what) {
        add_warning(feed_, fmt::format("line {}: {}", line, what));
    }

    void take(const Record& record, const std::optional<Columns>& named) {
        const std::size_t column = named ? named->url : url_column(record);
        const std::string_view written = column < record.fields.size()
                                             ? std::string_view(record.fields[column])
                                             : std::string_view{};
        const std::string shown =
            shorten(written.empty() ? record.fields.front() : written, kShownCodePoints);
        if (record.unclosed_quote) warn(record.line, "a quotation mark is never closed");
        std::string text(written);
        if (lacks_scheme(written)) {
            while (text.starts_with('/')) text.erase(0, 1);
            text = "https://" + text;
        }
        const auto url = html::parse_url(text);
        if (!url || !has_scheme(text)) {
            if (is_local_page(written)) {
                warn(record.line, fmt::format("'{}' left out: it is a page of this machine, not an "
                                              "address of the web",
                                              shown));
            } else {
                warn(record.line,
                     fmt::format("left out: there is no address of the web in '{}'", shown));
            }
            return;
        }
        if (text != written)
            warn(record.line, fmt::format("'{}' has no https://: taken as '{}'", shown, url->href));
        const auto [before, is_new] = lines_.emplace(html::canonical_form(*url).href, record.line);
        if (!is_new) {
            warn(record.line,
                 fmt::format("'{}' left out: line {} has it already", shown, before->second));
            return;
        }
        Entry entry;
        entry.url = url->href;
        entry.title = plain_from_text(title_of(record, named, column));
        if (named && named->date < record.fields.size()) {
            const std::string& date = record.fields[named->date];
            entry.published = parse_date_time(date);
            if (!entry.published && !date.empty())
                warn(record.line, fmt::format("'{}' is no date that is understood",
                                              shorten(date, kShownCodePoints)));
        }
        feed_.entries.push_back(std::move(entry));
    }

    // The field with a scheme, else the first that lacks one, else the first.
    static std::size_t url_column(const Record& record) {
        for (const auto& test : {has_scheme, lacks_scheme, is_local_page}) {
            const auto found = std::ranges::find_if(record.fields, test);
            if (found != record.fields.end())
                return static_cast<std::size_t>(found - record.fields.begin());
        }
        return 0;
    }

    // Without quotes, what is too much belongs to the title: "url,One, two, three".
    [[nodiscard]] std::string title_of(const Record& record, const std::optional<Columns>& named,
                                       std::size_t url) const {
        std::size_t begin = 0;
        std::size_t end = record.fields.size();
        if (named) {
            if (named->title >= end) return {};
            begin = named->title;
            const bool is_last = named->title > url && named->date == kNoColumn;
            if (!is_last) end = begin + 1;
        } else if (url == 0) {
            begin = 1;
        } else {
            end = url;
        }
        std::string title;
        for (std::size_t i = begin; i < end; ++i) {
            if (record.fields[i].empty()) continue;
            if (!title.empty()) title += separator_ == ',' ? ", " : " ";
            title += record.fields[i];
        }
        return title;
    }

    std::string_view text_;
    char separator_;
    Feed feed_;
    std::unordered_map<std::string, std::size_t> lines_;  // of each address
};

}  // namespace

bool looks_like_list(std::string_view text) {
    if (trim(text.substr(0, kMaxListLine)).starts_with('<')) return false;
    const char separator = separator_of(text);
    RecordReader reader(text.substr(0, kMaxListLine), separator);
    for (int i = 0; i < kLinesLookedAt; ++i) {
        const auto record = reader.next();
        if (!record) return false;
        if (i == 0 && columns_named(*record)) return true;
        if (std::ranges::any_of(record->fields, is_address)) return true;
    }
    return false;
}

Feed read_list(std::string_view text) { return List(text).run(); }

}  // namespace heliograph::source
