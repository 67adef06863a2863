// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/local_address.h"

#include <gtest/gtest.h>

#include <string_view>

#include "http/client.h"

namespace heliograph::http {
namespace {

TEST(LocalAddress, KnowsWhatLeadsIntoOurOwnNetwork) {
    for (const std::string_view address : {"127.0.0.1",
                                           "127.255.255.254",
                                           "10.1.2.3",
                                           "172.16.0.1",
                                           "172.31.255.255",
                                           "192.168.0.1",
                                           "169.254.169.254",
                                           "100.64.0.1",
                                           "100.127.255.255",
                                           "0.0.0.0",
                                           "0.1.2.3",
                                           "224.0.0.1",
                                           "240.0.0.1",
                                           "255.255.255.255",
                                           "192.0.0.8",
                                           "198.18.0.1",
                                           "192.0.2.1",
                                           "198.51.100.7",
                                           "203.0.113.9",
                                           "::1",
                                           "::",
                                           "fe80::1",
                                           "fe80::1%eth0",
                                           "febf::1",
                                           "fc00::1",
                                           "fdff::1",
                                           "ff02::1",
                                           "::ffff:127.0.0.1",
                                           "::ffff:10.0.0.1",
                                           "::ffff:a9fe:a9fe",
                                           "::127.0.0.1",
                                           "64:ff9b::10.0.0.1",
                                           "64:ff9b:1::1",
                                           "2002:7f00:1::1",
                                           "2001:db8::1",
                                           "2001::1",
                                           "[::1]",
                                           "[fd00::1]"})
        EXPECT_TRUE(is_local_address(address)) << address;
}

TEST(LocalAddress, LeavesThePublicInternetOpen) {
    for (const std::string_view address :
         {"1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1",
          "169.253.1.1", "192.167.1.1", "192.0.1.1", "198.20.0.1", "223.255.255.255",
          "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
          "2002:808:808::1", "2001:4860::8888", "[2606:4700::1]"})
        EXPECT_FALSE(is_local_address(address)) << address;
}

TEST(LocalAddress, IsNotAName) {
    for (const std::string_view text : {"", "localhost", "a.example", "127.0.0.1.example", "[]"})
        EXPECT_FALSE(is_local_address(text)) << text;
}

TEST(LocalAddress, KnowsTheNamesThatAreAlwaysLocal) {
    for (const std::string_view host :
         {"localhost", "localhost.", "a.localhost", "127.0.0.1", "[::1]"})
        EXPECT_TRUE(is_local_name(host)) << host;
    for (const std::string_view host : {"localhost.example", "notlocalhost", "news.example"})
        EXPECT_FALSE(is_local_name(host)) << host;
}

}  // namespace
}  // namespace heliograph::http
