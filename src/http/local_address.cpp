// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/local_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

#include "http/client.h"

namespace heliograph::http {
namespace {

struct Block4 {
    std::uint32_t network;
    int bits;
};
// The IPv4 special-purpose registry (RFC 6890 and its updates) without what is globally reachable,
// and multicast.
constexpr Block4 kLocal4[] = {
    {0x00000000, 8},   // this network
    {0x0A000000, 8},   // private
    {0x64400000, 10},  // shared (RFC 6598)
    {0x7F000000, 8},   // loopback
    {0xA9FE0000, 16},  // link-local, where clouds keep their metadata
    {0xAC100000, 12},  // private
    {0xC0000000, 24},  // IETF protocol assignments
    {0xC0000200, 24},  // documentation
    {0xC0586300, 24},  // 6to4 relays, withdrawn
    {0xC0A80000, 16},  // private
    {0xC6120000, 15},  // benchmarks
    {0xC6336400, 24},  // documentation
    {0xCB007100, 24},  // documentation
    {0xE0000000, 4},   // multicast
    {0xF0000000, 4},   // reserved, and the broadcast address
};

struct Block6 {
    std::array<std::uint8_t, 16> network;
    int bits;
};
constexpr Block6 kLocal6[] = {
    {{0x01, 0x00}, 64},                          // discard only
    {{0x20, 0x01}, 23},                          // IETF protocol assignments, Teredo among them
    {{0x20, 0x01, 0x0D, 0xB8}, 32},              // documentation
    {{0x3F, 0xFF}, 20},                          // documentation
    {{0x5F, 0x00}, 16},                          // segment routing
    {{0xFC, 0x00}, 7},                           // unique local
    {{0xFE, 0x80}, 10},                          // link-local
    {{0xFE, 0xC0}, 10},                          // site-local, withdrawn
    {{0xFF, 0x00}, 8},                           // multicast
    {{0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01}, 48},  // translation inside a network (RFC 8215)
};

bool in_block(const std::array<std::uint8_t, 16>& address, const Block6& block) {
    for (int bit = 0; bit < block.bits; bit += 8) {
        const auto i = static_cast<std::size_t>(bit / 8);
        const int wanted = std::min(8, block.bits - bit);
        const auto mask = static_cast<std::uint8_t>(0xFF << (8 - wanted));
        if ((address[i] & mask) != (block.network[i] & mask)) return false;
    }
    return true;
}

std::uint32_t last_32_bits(const std::array<std::uint8_t, 16>& a, std::size_t from = 12) {
    return (std::uint32_t{a[from]} << 24) | (std::uint32_t{a[from + 1]} << 16) |
           (std::uint32_t{a[from + 2]} << 8) | a[from + 3];
}

}  // namespace

bool is_local_ipv4(std::uint32_t address) {
    return std::ranges::any_of(kLocal4, [&](const Block4& block) {
        return (address >> (32 - block.bits)) == (block.network >> (32 - block.bits));
    });
}

bool is_local_ipv6(const std::array<std::uint8_t, 16>& address) {
    const auto starts_with = [&](std::initializer_list<std::uint8_t> prefix) {
        return std::ranges::equal(prefix, std::span(address).first(prefix.size()));
    };
    // Forms that carry an IPv4 address lead where that address leads: mapped and "compatible"
    // (RFC 4291 section 2.5.5; unspecified and loopback are among the latter), NAT64 (RFC 6052),
    // 6to4 (RFC 3056).
    if (starts_with({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}) ||
        starts_with({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) ||
        starts_with({0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))
        return is_local_ipv4(last_32_bits(address));
    if (starts_with({0x20, 0x02})) return is_local_ipv4(last_32_bits(address, 2));
    return std::ranges::any_of(kLocal6,
                               [&](const Block6& block) { return in_block(address, block); });
}

bool is_local_address(std::string_view address) {
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    // The zone of "fe80::1%eth0" says which link, not which address.
    const std::string text(address.substr(0, address.find('%')));
    in_addr v4{};
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return is_local_ipv4(ntohl(v4.s_addr));
    std::array<std::uint8_t, 16> v6{};
    if (inet_pton(AF_INET6, text.c_str(), v6.data()) == 1) return is_local_ipv6(v6);
    return false;
}

bool is_link_local_address(std::string_view address) {
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    const std::string text(address.substr(0, address.find('%')));
    in_addr v4{};
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 16 == 0xA9FE;
    std::array<std::uint8_t, 16> v6{};
    if (inet_pton(AF_INET6, text.c_str(), v6.data()) != 1) return false;
    constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (std::ranges::equal(std::span(v6).first(kMapped.size()), kMapped))
        return last_32_bits(v6) >> 16 == 0xA9FE;
    return in_block(v6, {{0xFE, 0x80}, 10}) || in_block(v6, {{0xFD, 0x00, 0x0E, 0xC2}, 32});
}

bool is_local_name(std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    return host == "localhost" || host.ends_with(".localhost") || is_local_address(host);
}

}  // namespace heliograph::http
