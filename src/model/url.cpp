// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/url.h"

namespace heliograph {

std::string Url::origin() const {
    std::string out = scheme + "://" + host;
    const std::uint16_t standard = scheme == "https" ? 443 : 80;
    if (port != standard) out += ":" + std::to_string(port);
    return out;
}

}  // namespace heliograph
