// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/xml_mend.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "html/dom.h"
#include "html/escape.h"

namespace heliograph::source {
namespace {

// The longest name of a character reference in HTML has 31 letters.
constexpr std::size_t kMaxReferenceName = 32;
// HTML has 2,231 names; a document that tries more is not looked up further.
constexpr std::size_t kMaxLookUps = 5'000;
// Where the document may begin behind the warnings of a broken publishing program.
constexpr std::size_t kMaxJunkBytes = 64 * 1024;

// Elements of RSS that hold text only, so that "<" inside them is HTML which nobody escaped.
constexpr auto kTextElements = std::to_array<std::string_view>(
    {"title", "description", "content:encoded", "media:title", "media:description"});

// libxml2 goes no deeper (xmlParserMaxDepth); neither does the book of open elements.
constexpr std::size_t kMaxDepth = 256;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) {
    return is_letter(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// XML 1.0 section 2.2, "Char".
bool is_xml_character(char32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

// What HTML makes of one reference ("&eacute;", "&#150;"); empty when it knows none.
class References {
  public:
    const std::string& text_of(std::string_view reference) {
        const auto known = texts_.find(reference);
        if (known != texts_.end()) return known->second;
        if (texts_.size() >= kMaxLookUps) return none_;
        return texts_.emplace(reference, look_up(reference)).first->second;
    }

  private:
    static std::string look_up(std::string_view reference) {
        // One a thread, for its arena: most feeds need it a few times or never.
        thread_local html::Document document;
        document.parse("<p>" + std::string(reference) + "</p>");
        const html::Node body = document.body();
        if (!body || !body.first_child() || !body.first_child().first_child()) return {};
        const html::Node text = body.first_child().first_child();
        if (!text.is_text() || text.text() == reference) return {};
        for (std::size_t i = 0; i < text.text().size();) {
            if (!is_xml_character(next_code_point(text.text(), i))) return {};
        }
        // HTML knows "&amp" without ";" too: "&ampx;" is "&" and letters, and left as it is.
        if (text.text().size() > 1 && text.text().ends_with(';')) return {};
        return std::string(text.text());
    }

    std::map<std::string, std::string, std::less<>> texts_;
    std::string none_;
};

// Finds a text again and again from ever later places, looking at each byte once.
class Finder {
  public:
    explicit Finder(std::string wanted) : wanted_(std::move(wanted)) {}
    std::size_t find(std::string_view text, std::size_t from) {
        if (!searched_ || (found_ != text.npos && found_ < from)) {
            found_ = text.find(wanted_, from);
            searched_ = true;
        }
        return found_;
    }

  private:
    std::string wanted_;
    std::size_t found_ = 0;
    bool searched_ = false;
};

class Mender {
  public:
    explicit Mender(std::string_view text) : text_(text) {
        for (const std::string_view name : kTextElements)
            ends_.emplace_back("</" + std::string(name));
    }

    MendedXml run() {
        find_beginning();
        find_end();
        out_.text.reserve(text_.size() + text_.size() / 16);
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '<') {
                markup();
            } else if (c == '&') {
                reference();
            } else {
                plain();
            }
        }
        if (out_.cut_off) out_.text.resize(last_end_);
        return std::move(out_);
    }

  private:
    [[nodiscard]] bool here(std::string_view what) const {
        return text_.substr(at_, what.size()) == what;
    }

    [[nodiscard]] bool begins_name_at(std::size_t at) const {
        return at < text_.size() && begins_name(text_[at]);
    }

    void find_beginning() {
        const std::string_view head = text_.substr(0, kMaxJunkBytes);
        std::size_t begin = head.npos;
        for (const std::string_view first : {"<?xml", "<rss", "<rdf:RDF", "<feed"})
            begin = std::min(begin, head.find(first));
        if (begin == head.npos) begin = std::min(text_.find('<'), text_.size());
        out_.junk_before = !trim(text_.substr(0, begin)).empty();
        text_.remove_prefix(begin);
    }

    // What follows the root's end tag is no part of the document.
    void find_end() {
        const std::string_view root = root_name();
        if (root.empty()) return;
        is_atom_ = root == "feed" || root.ends_with(":feed");
        // What it lists; one never stands within another.
        item_ = is_atom_                 ? std::string(root.substr(0, root.size() - 4)) + "entry"
                : root == "urlset"       ? "url"
                : root == "sitemapindex" ? "sitemap"
                                         : "item";
        next_item_ = Finder("<" + item_);
        end_of_item_ = Finder("</" + item_);
        const std::size_t end = text_.rfind("</" + std::string(root));
        const std::size_t close = end == text_.npos ? end : text_.find('>', end);
        if (close == text_.npos) {
            out_.cut_off = !is_empty_root();
        } else {
            text_ = text_.substr(0, close + 1);
        }
    }

    [[nodiscard]] std::string_view root_name() const {
        for (std::size_t i = text_.find('<'); i < text_.size(); i = text_.find('<', i + 1)) {
            if (i + 1 < text_.size() && begins_name(text_[i + 1])) return name_at(i + 1);
        }
        return {};
    }
    [[nodiscard]] bool is_empty_root() const { return trim(text_).ends_with("/>"); }

    [[nodiscard]] std::string_view name_at(std::size_t begin) const {
        std::size_t end = begin;
        while (end < text_.size() && !is_blank(text_[end]) && text_[end] != '>' &&
               text_[end] != '/' && text_[end] != '<')
            ++end;
        return text_.substr(begin, end - begin);
    }

    void plain() {
        const auto c = static_cast<unsigned char>(text_[at_]);
        if (c < 0x20 && !is_blank(text_[at_])) {
            out_.text += ' ';
            ++out_.control_characters;
        } else if (text_.compare(at_, 2, "\xEF\xBF") == 0 && at_ + 2 < text_.size() &&
                   static_cast<unsigned char>(text_[at_ + 2]) >= 0xBE) {
            out_.text += ' ';  // U+FFFE and U+FFFF
            ++out_.control_characters;
            at_ += 2;
        } else {
            out_.text += text_[at_];
        }
        ++at_;
    }

    void plain_until(std::size_t end) {
        while (at_ < end) plain();
    }

    void lone_sign() {
        append_as_numbers(text_.substr(at_, 1));
        ++out_.lone_signs;
        ++at_;
    }

    // All from here to the end belongs to something that is never closed.
    void give_up() {
        at_ = text_.size();
        out_.cut_off = true;
    }

    void markup() {
        if (here("<![CDATA[")) {
            cdata();
        } else if (here("<!--")) {
            skip_past("-->");
        } else if (here("<?")) {
            skip_past("?>");
        } else if (here("<!")) {
            declaration();
        } else if (begins_name_at(here("</") ? at_ + 2 : at_ + 1)) {
            tag();
        } else {
            lone_sign();
        }
    }

    void cdata() {
        const std::size_t end = end_of_cdata_.find(text_, at_);
        if (end == text_.npos) return give_up();
        plain_until(end + 3);
    }

    void skip_past(std::string_view end) {
        const std::size_t found = text_.find(end, at_ + 2);
        if (found == text_.npos) return give_up();
        at_ = found + end.size();
    }

    // <!DOCTYPE ...>, with all that it declares: without it no entity can be expanded.
    void declaration() {
        int brackets = 0;
        char quote = 0;
        for (std::size_t i = at_ + 2; i < text_.size(); ++i) {
            const char c = text_[i];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (text_.compare(i, 4, "<!--") == 0) {
                const std::size_t end = text_.find("-->", i);
                if (end == text_.npos) break;
                i = end + 2;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[') {
                ++brackets;
            } else if (c == ']') {
                --brackets;
            } else if (c == '>' && brackets <= 0) {
                at_ = i + 1;
                return;
            }
        }
        give_up();
    }

    // Where the tag that begins here ends; npos when it does not, or another begins first.
    [[nodiscard]] std::size_t end_of_tag() const {
        char quote = 0;
        for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
            const char c = text_[i];
            if (c == '<') return text_.npos;  // not even in an attribute (XML section 2.3)
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if ((c == '"' || c == '\'') && text_[at_ + 1] != '/') {
                quote = c;
            } else if (c == '>') {
                return i;
            }
        }
        return text_.npos;
    }

    void tag() {
        const std::size_t end = end_of_tag();
        if (end == text_.npos) {
            // A sign alone, unless nothing at all follows that could be its end.
            if (text_.find('<', at_ + 1) == text_.npos) return give_up();
            return lone_sign();
        }
        ++out_.tags;
        const bool is_end = text_[at_ + 1] == '/';
        const bool is_empty = text_[end - 1] == '/';
        const std::string_view name = name_at(is_end ? at_ + 2 : at_ + 1);
        if (is_end && !close_inside(name)) {
            ++out_.stray_tags;
            at_ = end + 1;
            return;
        }
        if (!is_end && name == item_) close_up_to_list();
        while (at_ <= end) {
            if (text_[at_] == '&') {
                reference();
            } else {
                plain();
            }
        }
        if (is_end && !open_.empty()) open_.pop_back();
        if (is_end || is_empty) {
            last_end_ = out_.text.size();
        } else {
            begin_element(name);
            text_element(name);
        }
    }

    void begin_element(std::string_view name) {
        if (open_.size() == kMaxDepth) {
            keeps_book_ = false;
            open_.clear();
        }
        if (keeps_book_) open_.push_back(name);
    }

    // Ends what stands open within the element of that name, which ends now. False when there is no
    // such element.
    bool close_inside(std::string_view name) {
        if (!keeps_book_) return true;
        const auto found = std::ranges::find(open_.rbegin(), open_.rend(), name);
        if (found == open_.rend()) return false;
        while (open_.back() != name) close_last();
        return true;
    }

    // An item begins: whatever was not ended before would swallow it.
    void close_up_to_list() {
        while (open_.size() > 1 && open_.back() != "channel") close_last();
    }

    void close_last() {
        out_.text.append("</").append(open_.back()).append(">");
        last_end_ = out_.text.size();
        open_.pop_back();
        ++out_.unclosed_elements;
    }

    // Behind the start tag of an element of RSS that can only hold text: where markup stands in it
    // as it is, all of it is written as text, which is what the publisher meant.
    void text_element(std::string_view name) {
        const auto* found = std::ranges::find(kTextElements, name);
        if (found == kTextElements.end()) return;
        const auto index = static_cast<std::size_t>(found - kTextElements.begin());
        const std::size_t end = ends_[index].find(text_, at_);
        // Its own end tag may be missing: then another item's, or the channel's, is not meant.
        const std::size_t item_ends =
            std::min(next_item_.find(text_, at_), end_of_item_.find(text_, at_));
        // Half a text is worse than none: it would be taken for the whole.
        if (end == text_.npos && item_ends == text_.npos) return give_up();
        if (end > item_ends) {
            if (name.ends_with("title")) close_at_next_tag();
            return;
        }
        if (is_atom_) return;  // holds markup by right
        if (!has_markup(text_.substr(at_, end - at_))) return;
        ++out_.unescaped_markup;
        while (at_ < end) {
            if (here("<![CDATA[") && end_of_cdata_.find(text_, at_) < end) {
                cdata();
            } else if (text_[at_] == '<' || text_[at_] == '&') {
                append_as_numbers(text_.substr(at_, 1));
                ++at_;
            } else {
                plain();
            }
        }
    }

    // Ends a title that nobody ended at the next tag: it would take all that follows for its own,
    // the item's address too.
    void close_at_next_tag() {
        while (at_ < text_.size()) {
            if (here("<![CDATA[")) {
                cdata();
            } else if (text_[at_] == '<') {
                break;
            } else if (text_[at_] == '&') {
                reference();
            } else {
                plain();
            }
        }
        if (!open_.empty()) close_last();
    }

    static bool has_markup(std::string_view inside) {
        while (true) {
            const std::size_t sign = inside.find('<');
            if (sign == inside.npos) return false;
            inside.remove_prefix(sign);
            if (!inside.starts_with("<![CDATA["))
                return inside.size() > 1 &&
                       (is_letter(inside[1]) || inside[1] == '/' || inside[1] == '!');
            const std::size_t end = inside.find("]]>");
            if (end == inside.npos) return false;
            inside.remove_prefix(end);
        }
    }

    void reference() {
        std::size_t end = at_ + 1;
        const bool is_number = end < text_.size() && text_[end] == '#';
        if (is_number) ++end;
        while (end < text_.size() && end - at_ <= kMaxReferenceName &&
               (is_letter(text_[end]) || is_digit(text_[end])))
            ++end;
        if (end == text_.size() || text_[end] != ';' || end == at_ + 1) return lone_sign();
        const std::string_view whole = text_.substr(at_, end + 1 - at_);
        const bool is_xml = whole == "&amp;" || whole == "&lt;" || whole == "&gt;" ||
                            whole == "&quot;" || whole == "&apos;";
        const std::string& meant = references_.text_of(whole);
        if (meant.empty()) return lone_sign();
        append_as_numbers(meant);
        if (!is_number && !is_xml) ++out_.undefined_references;
        at_ = end + 1;
    }

    // Text with what XML reserves as numbers: from the first fault of a document on, libxml2 2.9
    // drops references by name, even "&amp;" (xmlParseReference).
    void append_as_numbers(std::string_view text) {
        for (const char c : text) {
            if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'') {
                out_.text += "&#" + std::to_string(static_cast<int>(c)) + ";";
            } else {
                out_.text += c;
            }
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    MendedXml out_;
    std::size_t last_end_ = 0;  // behind the last end tag written
    bool is_atom_ = false;
    References references_;
    std::vector<Finder> ends_;
    std::string item_ = "item";
    Finder next_item_{"<item"};
    Finder end_of_item_{"</item"};
    std::vector<std::string_view> open_;  // from the root on
    bool keeps_book_ = true;              // not where it is too deep
    Finder end_of_cdata_{"]]>"};
};

}  // namespace

MendedXml mend_xml(std::string_view text) { return Mender(text).run(); }

}  // namespace heliograph::source
