// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/hosts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>

namespace heliograph::config {
namespace {

using testing::HasSubstr;

TEST(Hosts, ThatTheProgramBringsAreDatedAndHaveTheirSources) {
    const std::vector<Host> hosts = shipped_hosts();
    for (const char* key : {"github", "github-pages", "github-releases", "gitlab", "gitlab-pages",
                            "codeberg", "cloudflare-pages", "jsdelivr", "s3", "r2", "b2"}) {
        const auto host = std::ranges::find(hosts, key, &Host::key);
        ASSERT_NE(host, hosts.end()) << key;
        EXPECT_FALSE(host->limits.empty()) << key;
        for (const Limit& limit : host->limits) {
            EXPECT_GT(limit.value, 0U) << key;
            EXPECT_EQ(limit.as_of.size(), 10U) << key;
            EXPECT_FALSE(limit.source.empty()) << key;
        }
    }
}

TEST(Hosts, OfTheOperatorTakeThePlaceOfOurs) {
    const auto own = parse_hosts(R"([[host]]
key = "github"
name = "Our own"
domains = ["git.example"]
limits = [ {of = "files", value = 7, kind = "seen", as_of = "2026-01-02", source = "us"} ]
)",
                                 "hosts.toml");
    ASSERT_TRUE(own) << own.error().message;
    const auto hosts = merge_hosts(shipped_hosts(), *own);
    EXPECT_EQ(std::ranges::count(hosts, "github", &Host::key), 1);
    const auto github = std::ranges::find(hosts, "github", &Host::key);
    EXPECT_EQ(github->name, "Our own");
    ASSERT_EQ(github->limits.size(), 1U);
    EXPECT_EQ(github->limits[0].of, Measure::kFiles);
    EXPECT_EQ(github->limits[0].kind, Certainty::kSeen);
    EXPECT_EQ(github->limits[0].value, 7U);
}

TEST(Hosts, WithMistakesAreRefusedWithTheirPlaces) {
    const struct {
        const char* toml;
        const char* says;
    } cases[] = {
        {"[[host]]\nname = \"x\"\n", "needs the key 'key'"},
        {"[[host]]\nkey = \"a\"\nname = \"x\"\nlimit = []\n", "did you mean 'limits'"},
        {"[[host]]\nkey = \"a\"\nname = \"x\"\nlimits = [{of = \"fies\", value = 1, kind = "
         "\"hard\", as_of = \"2026-01-02\", source = \"s\"}]\n",
         "must be one of"},
        {"[[host]]\nkey = \"a\"\nname = \"x\"\nlimits = [{of = \"files\", value = -1, kind = "
         "\"hard\", as_of = \"2026-01-02\", source = \"s\"}]\n",
         "must be a whole number above 0"},
        {"[[host]]\nkey = \"a\"\nname = \"x\"\nlimits = [{of = \"files\", value = 1, kind = "
         "\"hard\", as_of = \"yesterday\", source = \"s\"}]\n",
         "must be a day"},
        {"[[host]]\nkey = \"a\"\nname = \"x\"\n[[host]]\nkey = \"a\"\nname = \"y\"\n",
         "a second time"},
        {"[[host\n", "hosts.toml:"},
    };
    for (const auto& c : cases) {
        const auto hosts = parse_hosts(c.toml, "hosts.toml");
        ASSERT_FALSE(hosts) << c.toml;
        EXPECT_THAT(hosts.error().message, HasSubstr(c.says));
        EXPECT_THAT(hosts.error().message, HasSubstr("hosts.toml:"));
    }
}

}  // namespace
}  // namespace heliograph::config
