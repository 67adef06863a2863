// SPDX-License-Identifier: GPL-3.0-or-later
// A target's edition in another script: the same articles, their Chinese converted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/article.h"
#include "model/config.h"
#include "render/renderer.h"
#include "script/chinese.h"

namespace heliograph::pipeline {

// Does nothing for a target without a script of its own. May be used from several threads.
class Edition {
  public:
    // Errors: kNotFound when the dictionaries are not installed.
    [[nodiscard]] static Result<Edition> open(const Mirror& mirror, const Target& target);

    // The mirror with its own words converted, and with menus in the edition's script.
    [[nodiscard]] const Mirror& mirror() const { return mirror_; }
    [[nodiscard]] bool is_converted() const { return converter_.has_value(); }
    // Articles of other languages stay as they are; one without a language has the mirror's.
    void convert(Article& article) const;
    void convert(ArticleSummary& article) const;

  private:
    [[nodiscard]] bool is_chinese(const std::string& language) const;
    void convert(std::string& text) const;

    Mirror mirror_;
    std::string script_;
    bool mirror_is_chinese_ = false;
    std::optional<script::Converter> converter_;
};

// Lists whose articles are converted. `inner` and `edition` must outlive it.
class EditionLists final : public render::Lists {
  public:
    EditionLists(const render::Lists& inner, const Edition& edition)
        : inner_(inner), edition_(edition) {}
    [[nodiscard]] std::size_t size(const ListKey& list) const override { return inner_.size(list); }
    void each(const ListKey& list, std::size_t skip, std::size_t count,
              const Visit& visit) const override;
    [[nodiscard]] std::vector<std::chrono::sys_seconds> times(const ListKey& list, std::size_t skip,
                                                              std::size_t count) const override {
        return inner_.times(list, skip, count);
    }
    [[nodiscard]] std::vector<std::string> names(ListKind kind) const override {
        return inner_.names(kind);
    }
    [[nodiscard]] std::string tag_name(const std::string& key) const override {
        return inner_.tag_name(key);
    }

  private:
    const render::Lists& inner_;
    const Edition& edition_;
};

}  // namespace heliograph::pipeline
