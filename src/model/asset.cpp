// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/asset.h"

namespace heliograph {

std::string asset_path(const Asset& asset) {
    // Sixteen digits: two of ten million pictures share them with a chance of one in a million.
    return "media/" + asset.hash.substr(0, 2) + "/" + asset.hash.substr(0, 16) + "." +
           asset.extension;
}

std::vector<Asset> files_of(const Asset& asset) {
    std::vector<Asset> out = {asset};
    out.front().others.clear();
    out.insert(out.end(), asset.others.begin(), asset.others.end());
    return out;
}

}  // namespace heliograph
