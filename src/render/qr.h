// SPDX-License-Identifier: GPL-3.0-or-later
// QR codes of addresses; the one face of libqrcodegen and libpng.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::render {

// A square of modules without the quiet zone.
struct QrCode {
    int size = 0;
    // A bit a module, set for dark ones, the first the lowest; each row begins with a word.
    std::vector<std::uint64_t> rows;

    [[nodiscard]] std::size_t words_of_a_row() const {
        return (static_cast<std::size_t>(size) + 63) / 64;
    }
    [[nodiscard]] bool at(int x, int y) const {
        const auto column = static_cast<std::size_t>(x);
        const std::size_t row = static_cast<std::size_t>(y) * words_of_a_row();
        return (rows[row + column / 64] >> (column % 64) & 1U) != 0;
    }
};

// Error correction M: a scratched print still reads. Nullopt for text longer than any code holds
// (2331 bytes).
[[nodiscard]] std::optional<QrCode> make_qr_code(std::string_view text);

// An <svg> element to stand in a page, black on white with its quiet zone, `label` as its name.
[[nodiscard]] std::string qr_svg(const QrCode& code, std::string_view label);

// The same as a PNG picture of two colours, some pixels a module.
[[nodiscard]] std::string qr_png(const QrCode& code);

}  // namespace heliograph::render
