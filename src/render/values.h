// SPDX-License-Identifier: GPL-3.0-or-later
// What a template is filled with.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace heliograph::render {

// Yes or no, a text, an object of named values, or a list.
class Values {
  public:
    // NOLINTBEGIN(google-explicit-constructor): each is a value by itself
    Values(bool yes);
    Values(std::string text);
    Values(std::string_view text);
    Values(const char* text);
    // NOLINTEND(google-explicit-constructor)
    [[nodiscard]] static Values object();
    [[nodiscard]] static Values list();

    // Of an object. `key` must outlive it: names are literals. A value of that name is replaced.
    void set(std::string_view key, Values value);
    // Of a list.
    void push_back(Values value);
    void reserve(std::size_t size);

    // Null when this is no object, or has no value of that name.
    [[nodiscard]] const Values* find(std::string_view key) const;
    // Null when this is no text.
    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value_); }
    // Null when this is no list.
    [[nodiscard]] const std::vector<Values>* items() const { return std::get_if<List>(&value_); }
    [[nodiscard]] bool is_empty_list() const { return items() != nullptr && items()->empty(); }
    // What a section of that name is not shown for.
    [[nodiscard]] bool is_false_or_empty() const {
        const bool* yes = std::get_if<bool>(&value_);
        return (yes != nullptr && !*yes) || is_empty_list();
    }

  private:
    struct Member;
    using Object = std::vector<Member>;
    using List = std::vector<Values>;

    explicit Values(Object object);
    explicit Values(List list);

    std::variant<bool, std::string, Object, List> value_;
};

struct Values::Member {
    std::string_view key;
    Values value;

    [[nodiscard]] bool has(std::string_view name) const;
};

// Here, where a member is known whole.
inline Values::Values(bool yes) : value_(yes) {}
inline Values::Values(std::string text) : value_(std::move(text)) {}
inline Values::Values(std::string_view text) : value_(std::string(text)) {}
inline Values::Values(const char* text) : value_(std::string(text)) {}
inline Values::Values(Object object) : value_(std::move(object)) {}
inline Values::Values(List list) : value_(std::move(list)) {}

inline Values Values::object() { return Values(Object{}); }
inline Values Values::list() { return Values(List{}); }

inline void Values::push_back(Values value) { std::get<List>(value_).push_back(std::move(value)); }
inline void Values::reserve(std::size_t size) { std::get<List>(value_).reserve(size); }

inline bool Values::Member::has(std::string_view name) const {
    // Nearly all names of an object differ in length or in their last letter.
    return key.size() == name.size() && (key.empty() || key.back() == name.back()) && key == name;
}

inline const Values* Values::find(std::string_view key) const {
    const auto* members = std::get_if<Object>(&value_);
    if (members == nullptr) return nullptr;
    for (const Member& member : *members)
        if (member.has(key)) return &member.value;
    return nullptr;
}

inline void Values::set(std::string_view key, Values value) {
    auto& members = std::get<Object>(value_);
    for (Member& member : members) {
        if (!member.has(key)) continue;
        member.value = std::move(value);
        return;
    }
    constexpr std::size_t kUsual = 12;  // of an entry of a list
    if (members.empty()) members.reserve(kUsual);
    members.push_back({key, std::move(value)});
}

}  // namespace heliograph::render
