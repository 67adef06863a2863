// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses lead into our own machine or network: those must not be fetched for a stranger.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace heliograph::http {

// As is_local_address of http/client.h; `address` in host order, or the 16 bytes in network order.
[[nodiscard]] bool is_local_ipv4(std::uint32_t address);
[[nodiscard]] bool is_local_ipv6(const std::array<std::uint8_t, 16>& address);

// True for link-local addresses of IPv4 and IPv6, the IPv4-mapped ones too, and for the unique
// local block where one cloud keeps its metadata as well (fd00:ec2::/32). `address` as of
// is_local_address.
[[nodiscard]] bool is_link_local_address(std::string_view address);

// True for "localhost", names below it (RFC 6761 section 6.3) and local numeric addresses, IPv6
// with or without brackets. `host` is that of a Url.
[[nodiscard]] bool is_local_name(std::string_view host);

}  // namespace heliograph::http
