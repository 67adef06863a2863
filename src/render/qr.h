// SPDX-License-Identifier: GPL-3.0-or-later
// QR codes of addresses; the one face of libqrcodegen and libpng.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::render {

// A square of modules without the quiet zone.
struct QrCode {
    int size = 0;
    std::vector<bool> dark;  // row by row

    [[nodiscard]] bool at(int x, int y) const {
        return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) +
                    static_cast<std::size_t>(x)];
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
