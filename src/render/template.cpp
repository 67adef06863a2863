// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/template.h"

#include <fmt/format.h>
#include <algorithm>
#include <optional>

#include "base/utf8.h"

namespace heliograph::render {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";
constexpr std::string_view kCloseRaw = "}}}";

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

class Template::Parser {
  public:
    Parser(std::string_view name, std::string_view source, const Reader& read)
        : name_(name), source_(source), read_(read) {}

    Result<Template> parse() {
        std::size_t done = 0;
        while (true) {
            const std::size_t open = source_.find(kOpen, done);
            add_text(source_.substr(done, open - done));
            if (open == std::string_view::npos) break;
            const bool is_raw = source_.substr(open + kOpen.size()).starts_with('{');
            const std::string_view close = is_raw ? kCloseRaw : kClose;
            const std::size_t inner = open + kOpen.size() + (is_raw ? 1 : 0);
            const std::size_t end = source_.find(close, inner);
            if (end == std::string_view::npos)
                return failed(open, fmt::format("this tag never ends: '{}' is missing", close));
            if (auto error = add_tag(open, trim(source_.substr(inner, end - inner)), is_raw))
                return *std::move(error);
            done = end + close.size();
        }
        if (!open_.empty())
            return failed(open_.back().position,
                          fmt::format("the section '{0}' never ends: '{{{{/{0}}}}}' is missing",
                                      made_.steps_[open_.back().step].text));
        return std::move(made_);
    }

  private:
    void add_text(std::string_view text) {
        if (!text.empty())
            made_.steps_.push_back({.text = std::string(text),
                                    .first_line = text.find('\n'),
                                    .last_line = text.rfind('\n')});
    }

    struct Open {
        std::size_t step;
        std::size_t position;
    };

    [[nodiscard]] Result<Template> failed(std::size_t position, const std::string& why) const {
        return fail(ErrorCode::kConfig,
                    fmt::format("{}:{}: {}", name_,
                                1 + std::ranges::count(source_.substr(0, position), '\n'), why));
    }

    // Nullopt: it was understood.
    std::optional<Result<Template>> add_tag(std::size_t position, std::string_view tag,
                                            bool is_raw) {
        const char sign = tag.empty() || is_raw ? '\0' : tag.front();
        const auto add = [&](Kind kind, std::string_view name) {
            made_.steps_.push_back({.kind = kind, .text = std::string(trim(name))});
        };
        switch (sign) {
            case '!':
                return std::nullopt;
            case '&':
                add(Kind::kRaw, tag.substr(1));
                return std::nullopt;
            case '#':
            case '^':
                open_.push_back({.step = made_.steps_.size(), .position = position});
                add(sign == '#' ? Kind::kSection : Kind::kInverted, tag.substr(1));
                return std::nullopt;
            case '/':
                return end_section(position, trim(tag.substr(1)));
            case '=':
                return failed(position, "other brackets than '{{' and '}}' are not known here");
            case '>':
                return put_in(trim(tag.substr(1)));
            default:
                add(is_raw ? Kind::kRaw : Kind::kEscaped, tag);
                return std::nullopt;
        }
    }

    std::optional<Result<Template>> put_in(std::string_view name) {
        auto part = read_(name);
        if (!part) return part;
        const std::size_t before = made_.steps_.size();
        for (Step& step : part->steps_) {
            if (step.kind == Kind::kSection || step.kind == Kind::kInverted) step.after += before;
            made_.steps_.push_back(std::move(step));
        }
        return std::nullopt;
    }

    std::optional<Result<Template>> end_section(std::size_t position, std::string_view name) {
        if (open_.empty())
            return failed(position,
                          fmt::format("'{{{{/{}}}}}' ends a section that never began", name));
        Step& section = made_.steps_[open_.back().step];
        if (section.text != name)
            return failed(position, fmt::format("'{{{{/{}}}}}' stands where '{{{{/{}}}}}' belongs",
                                                name, section.text));
        section.after = made_.steps_.size();
        open_.pop_back();
        return std::nullopt;
    }

    std::string_view name_;
    std::string_view source_;
    const Reader& read_;
    Template made_;
    std::vector<Open> open_;
};

Result<Template> Template::parse(std::string_view name, std::string_view source,
                                 const Reader& read) {
    return Parser(name, source, read).parse();
}

class Template::Filler {
  public:
    Filler(const std::vector<Step>& steps, const Constants& constants, AppendEscaped escape)
        : steps_(steps), constants_(constants), escape_(escape) {}

    std::string fill(const Values& values) {
        fill_steps(0, steps_.size(), values);
        if (is_line_of_sections("")) out_.resize(line_);
        return std::move(out_);
    }

  private:
    // What a name stands for: a value, or a constant's text; both null when it is not found.
    struct Found {
        const Values* value = nullptr;
        const std::string* text = nullptr;
    };

    [[nodiscard]] Found find(std::string_view name) const {
        for (auto values = stack_.rbegin(); values != stack_.rend(); ++values)
            if (const Values* value = (*values)->find(name)) return {value, value->text()};
        const auto constant = constants_.find(name);
        return {nullptr, constant == constants_.end() ? nullptr : &constant->second};
    }

    // Fills the steps from `begin` to before `end` with what `values` has first.
    void fill_steps(std::size_t begin, std::size_t end, const Values& values) {
        stack_.push_back(&values);
        for (std::size_t i = begin; i < end; ++i) {
            const Step& step = steps_[i];
            switch (step.kind) {
                case Kind::kText:
                    add_text(step);
                    break;
                case Kind::kEscaped:
                    if (const auto [value, text] = find(step.text); text != nullptr)
                        escape_(out_, *text);
                    break;
                case Kind::kRaw:
                    if (const auto [value, text] = find(step.text); text != nullptr) out_ += *text;
                    break;
                case Kind::kSection:
                case Kind::kInverted:
                    fill_section(i);
                    i = step.after - 1;
                    break;
            }
        }
        stack_.pop_back();
    }

    void fill_section(std::size_t index) {
        const Step& step = steps_[index];
        const auto [value, text] = find(step.text);
        const bool is_there = value != nullptr ? !value->is_false_or_empty() : text != nullptr;
        if (is_there == (step.kind == Kind::kInverted)) return;
        const auto fill_with = [&](const Values& values) {
            has_section_ = true;
            fill_steps(index + 1, step.after, values);
            has_section_ = true;
        };
        const auto* items = value == nullptr ? nullptr : value->items();
        if (items == nullptr || step.kind == Kind::kInverted)
            return fill_with(value == nullptr ? *stack_.back() : *value);
        for (const Values& item : *items) fill_with(item);
    }

    void add_text(const Step& step) {
        const std::string_view text = step.text;
        if (step.first_line == std::string::npos) {
            out_ += text;
            return;
        }
        const std::string_view first = text.substr(0, step.first_line);
        if (is_line_of_sections(first)) {
            out_.resize(line_);
        } else {
            (out_ += first) += '\n';
        }
        if (step.last_line > step.first_line)
            out_ += text.substr(step.first_line + 1, step.last_line - step.first_line);
        line_ = out_.size();
        has_section_ = false;
        out_ += text.substr(step.last_line + 1);
    }

    // Whether the line that ends with `rest` is nothing but white space and has a section's tag.
    [[nodiscard]] bool is_line_of_sections(std::string_view rest) const {
        return has_section_ && is_blank(std::string_view(out_).substr(line_)) && is_blank(rest);
    }

    const std::vector<Step>& steps_;
    const Constants& constants_;
    AppendEscaped escape_;
    std::vector<const Values*> stack_;
    std::string out_;
    std::size_t line_ = 0;      // where the last line of out_ begins
    bool has_section_ = false;  // it has a section's tag
};

std::string Template::fill(const Values& values, const Constants& constants,
                           AppendEscaped escape) const {
    return Filler(steps_, constants, escape).fill(values);
}

}  // namespace heliograph::render
