// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/chinese.h"

#include <fmt/format.h>
#include <exception>
#include <opencc/SimpleConverter.hpp>
#include <utility>

#include "base/utf8.h"

namespace heliograph::script {

struct Converter::State {
    explicit State(const char* configuration) : converter(configuration) {}
    opencc::SimpleConverter converter;
    std::mutex lock;  // OpenCC does not say that a converter is safe without
};

Converter::Converter(std::unique_ptr<State> state) : state_(std::move(state)) {}
Converter::Converter(Converter&&) noexcept = default;
Converter& Converter::operator=(Converter&&) noexcept = default;
Converter::~Converter() = default;

Result<Converter> Converter::open(Chinese to) {
    const char* configuration = to == Chinese::kTraditional ? "s2t.json" : "t2s.json";
    try {
        return Converter(std::make_unique<State>(configuration));
    } catch (const std::exception& error) {
        return fail(ErrorCode::kNotFound,
                    fmt::format("cannot convert Chinese: OpenCC's '{}' cannot be read: {}; install "
                                "libopencc-data",
                                configuration, error.what()));
    }
}

std::string Converter::convert(const std::string& text) const {
    if (!is_utf8(text)) return text;
    const std::scoped_lock lock(state_->lock);
    return state_->converter.Convert(text);
}

}  // namespace heliograph::script
