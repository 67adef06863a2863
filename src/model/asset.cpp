// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/asset.h"

namespace heliograph {

std::string asset_path(const Asset& asset) {
    // Sixteen digits: two of ten million pictures share them with a chance of one in a million.
    return "media/" + asset.hash.substr(0, 2) + "/" + asset.hash.substr(0, 16) + "." +
           asset.extension;
}

}  // namespace heliograph
