// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/literal.h"

#include <algorithm>

#include "base/utf8.h"

namespace heliograph::source {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

class Reader {
  public:
    Reader(std::string_view text, std::size_t begin) : text_(text), at_(begin) {}

    std::optional<ReadLiteral> run() {
        if (at_ >= text_.size() || (text_[at_] != '[' && text_[at_] != '{')) return std::nullopt;
        ReadLiteral out;
        out.is_complete = value(out.value, 0);
        out.end = at_;
        if (!out.is_complete)
            out.fault_line = 1 + static_cast<std::size_t>(std::ranges::count(
                                     text_.substr(0, std::min(at_, text_.size())), '\n'));
        return out;
    }

  private:
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_blank() {
        while (at_ < text_.size()) {
            if (is_blank(text_[at_])) {
                ++at_;
            } else if (text_.compare(at_, 3, "\xEF\xBB\xBF") == 0) {
                at_ += 3;
            } else if (text_.compare(at_, 2, "//") == 0) {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else if (text_.compare(at_, 2, "/*") == 0) {
                const std::size_t end = text_.find("*/", at_ + 2);
                at_ = end == text_.npos ? text_.size() : end + 2;
            } else {
                return;
            }
        }
    }

    // Each of these returns false where the text cannot be read on; what is in `out` stays.
    bool value(Literal& out, int depth) {
        skip_blank();
        if (++values_ > kMaxLiteralValues) return false;
        const char c = peek();
        if (c == '[' || c == '{') {
            if (depth == kMaxLiteralDepth) return false;
            return c == '[' ? array(out, depth) : object(out, depth);
        }
        if (c == '"' || c == '\'' || c == '`') {
            out.kind = Literal::Kind::kText;
            return quoted(out.text);
        }
        return word(out);
    }

    bool array(Literal& out, int depth) {
        out.kind = Literal::Kind::kArray;
        ++at_;
        while (true) {
            skip_blank();
            if (peek() == ']') break;
            if (peek() == ',') {  // "[1,,2]": a value left out
                out.items.emplace_back();
                if (++values_ > kMaxLiteralValues) return false;
                ++at_;
                continue;
            }
            out.items.emplace_back();
            if (!value(out.items.back(), depth + 1)) return false;
            skip_blank();
            if (peek() == ']') break;
            if (peek() != ',') return false;
            ++at_;
        }
        ++at_;
        return true;
    }

    bool object(Literal& out, int depth) {
        out.kind = Literal::Kind::kObject;
        ++at_;
        while (true) {
            skip_blank();
            if (peek() == '}') break;
            if (peek() == ',') {
                ++at_;
                continue;
            }
            std::string name;
            if (peek() == '"' || peek() == '\'') {
                if (!quoted(name)) return false;
            } else {
                while (at_ < text_.size() && is_name_character(text_[at_])) name += text_[at_++];
                if (name.empty()) return false;
            }
            skip_blank();
            if (peek() != ':') return false;
            ++at_;
            out.names.push_back(std::move(name));
            out.items.emplace_back();
            if (!value(out.items.back(), depth + 1)) return false;
            skip_blank();
            if (peek() == '}') break;
            if (peek() != ',') return false;
            ++at_;
        }
        ++at_;
        return true;
    }

    // A number, true, false, null, undefined, new Date(...): anything without quotes.
    bool word(Literal& out) {
        const std::size_t begin = at_;
        while (at_ < text_.size() && (is_name_character(text_[at_]) || text_[at_] == '.' ||
                                      text_[at_] == '-' || text_[at_] == '+'))
            ++at_;
        if (at_ == begin) return false;
        out.text = text_.substr(begin, at_ - begin);
        const char first = out.text.front();
        if (out.text == "null" || out.text == "undefined") {
            out.text.clear();
        } else if (out.text == "true" || out.text == "false") {
            out.kind = Literal::Kind::kBoolean;
        } else if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
            out.kind = Literal::Kind::kNumber;
        } else {
            return false;  // a variable, a call: not a literal
        }
        return true;
    }

    bool quoted(std::string& out) {
        const char quote = text_[at_++];
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == quote) {
                ++at_;
                out = to_valid_utf8(out);  // halves of surrogate pairs
                return true;
            }
            if (c == '\\') {
                if (!escape(out)) return false;
            } else {
                out += c;
                ++at_;
            }
        }
        return false;
    }

    bool escape(std::string& out) {
        if (++at_ >= text_.size()) return false;
        const char c = text_[at_++];
        switch (c) {
            case 'n':
            case 'r':
            case 't':
            case 'v':
            case 'f':
            case 'b':
                out += c == 'n' ? '\n' : ' ';
                return true;
            case 'x':
                append_utf8(out, hex(2));
                return true;
            case 'u': {
                char32_t code = hex(4);
                const bool is_high = code >= 0xD800 && code < 0xDC00;
                if (is_high && text_.compare(at_, 2, "\\u") == 0) {
                    at_ += 2;
                    const char32_t low = hex(4);
                    code = low >= 0xDC00 && low < 0xE000
                               ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                               : kReplacement;
                } else if (code >= 0xD800 && code < 0xE000) {
                    code = kReplacement;
                }
                append_utf8(out, code);
                return true;
            }
            case '\n':
                return true;  // a line goes on
            default:
                out += c;
                return true;
        }
    }

    // A NUL and what is no number are U+FFFD.
    char32_t hex(int digits) {
        char32_t code = 0;
        for (int i = 0; i < digits; ++i) {
            const char c = at_ < text_.size() ? text_[at_] : '\0';
            int digit = -1;
            if (c >= '0' && c <= '9') digit = c - '0';
            if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
            if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
            if (digit < 0) return kReplacement;
            code = code * 16 + static_cast<char32_t>(digit);
            ++at_;
        }
        return code == 0 ? kReplacement : code;
    }

    std::string_view text_;
    std::size_t at_;
    std::size_t values_ = 0;
};

}  // namespace

const Literal* Literal::member(std::string_view name) const {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? nullptr : &items[static_cast<std::size_t>(found - names.begin())];
}

std::string Literal::text_of(std::string_view name) const {
    const Literal* found = member(name);
    if (found == nullptr || (found->kind != Kind::kText && found->kind != Kind::kNumber)) return {};
    return std::string(trim(found->text));
}

std::optional<ReadLiteral> read_literal(std::string_view text, std::size_t begin) {
    return Reader(text, begin).run();
}

}  // namespace heliograph::source
