// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/edition.h"

#include <utility>

#include "base/utf8.h"

namespace heliograph::pipeline {
namespace {

bool is_chinese_tag(std::string_view language) {
    const std::string primary = ascii_lower(language.substr(0, language.find('-')));
    return primary == "zh" || primary == "yue";
}

}  // namespace

Result<Edition> Edition::open(const Mirror& mirror, const Target& target) {
    Edition out;
    out.mirror_ = mirror;
    out.script_ = target.script;
    out.mirror_is_chinese_ = is_chinese_tag(mirror.language);
    if (target.script.empty()) return out;
    auto converter = script::Converter::open(
        target.script == "zh-Hant" ? script::Chinese::kTraditional : script::Chinese::kSimplified);
    if (!converter) return std::unexpected(std::move(converter).error());
    out.converter_ = *std::move(converter);
    if (!out.mirror_is_chinese_) return out;
    Mirror& own = out.mirror_;
    own.language = target.script;
    out.convert(own.title);
    out.convert(own.description);
    for (Section& section : own.sections) out.convert(section.name);
    for (Announcement& one : own.announcements) out.convert(one.text);
    for (Companion& one : own.companions) out.convert(one.name);
    return out;
}

bool Edition::is_chinese(const std::string& language) const {
    return converter_ && (language.empty() ? mirror_is_chinese_ : is_chinese_tag(language));
}

void Edition::convert(std::string& text) const { text = converter_->convert(text); }

void Edition::convert(Article& article) const {
    if (!is_chinese(article.language)) return;
    article.language = script_;
    convert(article.title);
    convert(article.publisher);
    for (std::string& author : article.authors) convert(author);
    convert(article.standfirst);
    convert(article.section);
    // Markup is ASCII, and so are addresses: the body's words alone change.
    convert(article.body);
    if (auto& image = article.lead_image) {
        convert(image->alt);
        convert(image->caption);
        convert(image->credit);
    }
}

void Edition::convert(ArticleSummary& article) const {
    if (!is_chinese(article.language)) return;
    article.language = script_;
    convert(article.title);
    convert(article.publisher);
    convert(article.excerpt);
    convert(article.lead_image_alt);
}

void EditionLists::each(const ListKey& list, std::size_t skip, std::size_t count,
                        const Visit& visit) const {
    if (!edition_.is_converted()) return inner_.each(list, skip, count, visit);
    inner_.each(list, skip, count, [&](ArticleSummary article) {
        edition_.convert(article);
        visit(article);
    });
}

}  // namespace heliograph::pipeline
