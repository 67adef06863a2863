// SPDX-License-Identifier: GPL-3.0-or-later
// What a picture is called: the part of its addresses that all its sizes and cuts share.
#pragma once

#include <string>
#include <string_view>

namespace heliograph::extract {

// The name of the file without marks of size ("bridge" of "bridge-1024x683.jpg"), or of its folder
// where files are called "original" or "1200x800". Where a server that scales has the address of
// the picture in its own, that one counts. Points into the address; empty when there is no name of
// its own.
[[nodiscard]] std::string_view name_in_address(std::string_view address);

// Of an absolute address: equal for two addresses of one picture in other sizes, cuts or formats,
// and for no two pictures of one page. As much of the path as tells them apart, in lower case;
// empty for an empty address.
[[nodiscard]] std::string picture_key(std::string_view address);

}  // namespace heliograph::extract
