// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace heliograph::config {
namespace {

using testing::HasSubstr;

constexpr std::string_view kGood = R"([mirror]
title = "A mirror"
language = "zh-Hans"
sections = [ {key = "world", name = "国际新闻"} ]

[[source]]
name = "Example Daily"
url = "https://daily.example/feed.xml"
section = "world"

[[target]]
kind = "git"
remote = "git@host.example:us/mirror.git"
base_url = "https://host.example/us/mirror/blob/main"
format = "markdown"

[[target]]
kind = "directory"
path = "/srv/www/mirror"
base_url = "https://mirror.example/"
format = "html"
)";

std::string message_of(const std::string& toml) {
    const auto config = parse_config(toml, "heliograph.toml");
    return config ? "accepted" : config.error().message;
}

TEST(Config, ReadsTheConfigurationOfTheDesign) {
    const auto config = parse_config(kGood, "heliograph.toml");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->mirror.title, "A mirror");
    ASSERT_EQ(config->sources.size(), 1U);
    EXPECT_EQ(config->sources[0].section, "world");
    ASSERT_EQ(config->targets.size(), 2U);
    EXPECT_EQ(config->targets[0].kind, TargetKind::kGit);
    EXPECT_EQ(config->targets[0].name, "git");
    EXPECT_EQ(config->targets[0].base_url, "https://host.example/us/mirror/blob/main/");
    EXPECT_EQ(config->targets[1].format, PageFormat::kHtml);
}

TEST(Config, ReadsATargetOfKindS3AndRefusesWhatIsMissing) {
    const std::string begin = "[mirror]\ntitle = \"m\"\n[[target]]\nformat = \"html\"\n";
    const std::string place =
        "kind = \"s3\"\nbase_url = \"https://m.example/\"\nendpoint = \"https://s3.example/\"\n";
    const auto config = parse_config(
        begin + place + "bucket = \"mirror\"\nprefix = \"news\"\ndelete_after_hours = 0\n",
        "h.toml");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->targets[0].kind, TargetKind::kS3);
    EXPECT_EQ(config->targets[0].name, "s3");
    EXPECT_EQ(config->targets[0].s3.prefix, "news/");
    EXPECT_EQ(config->targets[0].s3.delete_after.count(), 0);
    EXPECT_THAT(message_of(begin + place), HasSubstr("[[target]] needs the key 'bucket'"));
    EXPECT_THAT(message_of(begin + place + "bucket = \"a/b\"\n"), HasSubstr("a bucket's name"));
    EXPECT_THAT(message_of(begin + place + "bucket = \"mirror\"\nsecret_key = \"x\"\n"),
                HasSubstr("unknown key 'secret_key'"));
}

TEST(Config, SaysHowPicturesAreStored) {
    const std::string begin = "[mirror]\ntitle = \"m\"\n[pictures]\n";
    const auto plain = parse_config(begin, "h.toml");
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ(plain->pictures.formats, std::vector{PictureFormat::kWebp});
    EXPECT_EQ(plain->pictures.small_width, 480);
    EXPECT_EQ(plain->pictures.animations, Animations::kStill);
    const auto other = parse_config(
        begin + "format = \"both\"\nsmall_width = 0\nanimations = \"keep\"\n", "h.toml");
    ASSERT_TRUE(other) << other.error().message;
    EXPECT_EQ(other->pictures.formats, (std::vector{PictureFormat::kWebp, PictureFormat::kJpeg}));
    EXPECT_EQ(other->pictures.small_width, 0);
    EXPECT_EQ(other->pictures.animations, Animations::kKeep);
    EXPECT_THAT(message_of(begin + "format = \"png\"\n"), HasSubstr("one of webp, jpeg, both"));
    EXPECT_THAT(message_of(begin + "animations = \"yes\"\n"), HasSubstr("one of still, keep"));
}

TEST(Config, AcceptsItsOwnExample) {
    EXPECT_EQ(message_of(std::string(commented_example())), "accepted");
}

// Every setting that the example shows switched off must be one that exists.
TEST(Config, AcceptsItsOwnExampleWithEverythingSwitchedOn) {
    std::string text;
    std::istringstream lines{std::string(commented_example())};
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("#") && line.size() > 1 && line[1] != ' ') line.erase(0, 1);
        text += line + "\n";
    }
    EXPECT_EQ(message_of(text), "accepted");
}

TEST(Config, NamesThePlaceAndTheMendOfEachMistake) {
    const std::string good(kGood);
    const auto replaced = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    const struct {
        std::string toml;
        std::string expected;
    } cases[] = {
        {replaced("title =", "titel ="),
         "heliograph.toml:2:1: unknown key 'titel' in [mirror]; did you mean 'title'?"},
        {"[mirror]\nannouncements = 1\n",
         "unknown key 'announcements' in [mirror]; there are title, "},
        {replaced("title =", "titel ="), "heliograph.toml:1:1: [mirror] needs the key 'title'"},
        {replaced("[[source]]", "[[sources]]"),
         "unknown key 'sources' in the configuration; did you mean 'source'?"},
        {replaced("title =", "feeds = \"some\"\ntitle ="), "it may be 'full' or 'summary'"},
        {replaced("\"A mirror\"", "5"),
         "heliograph.toml:2:9: 'title' in [mirror] must be a string in quotes"},
        {replaced("section = \"world\"", "section = \"wrld\""),
         "'wrld', which [mirror] sections does not list"},
        {replaced("\"git\"", "\"svn\""), "'kind' in [[target]] must be one of git, directory"},
        {replaced("https://daily.example", "daily.example"), "must begin with https:// or http://"},
        {replaced("key = \"world\"", "key = \"../x\""), "it is part of addresses"},
        {replaced("remote = \"git@host.example:us/mirror.git\"",
                  "remote = \"https://us:secret@host.example/mirror.git\""),
         "'remote' in [[target]] has a password in it"},
        {replaced("remote = \"git@host.example:us/mirror.git\"", ""),
         "[[target]] needs the key 'remote'"},
        {replaced("title = ", "title "), "heliograph.toml:2:"},
        {replaced("format = \"markdown\"", "format = \"markdown\"\narticle_path = \"a/{id}x\""),
         "must end in '/{id}'"},
        {replaced("format = \"markdown\"", "format = \"markdown\"\narticle_path = \"tags/{id}\""),
         "must not begin with a folder of the mirror's lists"},
        {replaced("format = \"markdown\"", "format = \"markdown\"\nlink_suffix = \"#x\""),
         "'link_suffix' in [[target]] must begin with '?'"},
        {good + "\n[[companion]]\nkey = \"a\"\nname = \"A\"\nurl = \"https://a.example/\"\n"
                "[[companion]]\nkey = \"a\"\nname = \"B\"\nurl = \"https://b.example/\"\n",
         "a second [[companion]] has the key 'a'"},
        {good + "\n[[announcement]]\nurl = \"https://a.example/\"\n", "needs the key 'text'"},
        {good + "\n[retention]\ndays = -1\n", "must be a whole number from 0"},
        {"", "needs a [mirror] table"},
        {"mirror = 3", "'mirror' in the configuration must be a table"},
        {good + "\n[fetch]\nrequests_per_second = -1\n", "must be a whole number from 0 to 10000"},
    };
    for (const auto& c : cases) EXPECT_THAT(message_of(c.toml), HasSubstr(c.expected)) << c.toml;
}

TEST(Config, TellsEveryMistakeAtOnce) {
    std::string text(kGood);
    text += "colour = \"red\"\n[fetch]\ntimeout_second = 3\n";
    const std::string message = message_of(text);
    EXPECT_THAT(message, HasSubstr("'colour'"));
    EXPECT_THAT(message, HasSubstr("did you mean 'timeout_seconds'?"));
}

TEST(Config, ReadsHowASourceIsToBeAsked) {
    std::string text(kGood);
    const std::string section = "section = \"world\"\n";
    const auto with = [&](const std::string& more) {
        std::string out = text;
        return out.insert(out.find(section) + section.size(), more + "\n");
    };
    const auto config = parse_config(
        with("user_agent = \"M/1\"\nheaders = {X-Key = \"k v\"}\nca_file = \"ca.pem\"\nproxy = "
             "\"socks5h://127.0.0.1:9050\"") +
            "[fetch]\npoll_min_minutes = 0\npoll_max_minutes = 30\nrecheck = false\n",
        "heliograph.toml");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->sources[0].user_agent, "M/1");
    EXPECT_EQ(config->sources[0].headers.at(0),
              std::pair(std::string("X-Key"), std::string("k v")));
    EXPECT_EQ(config->fetch.poll_max, std::chrono::minutes{30});
    EXPECT_FALSE(config->fetch.recheck);
    for (const char* headers : {"{Host = \"x\"}", "{\"A B\" = \"x\"}", "{A = \"x\\r\\nB: y\"}",
                                "{If-None-Match = \"x\"}", "{\"\" = \"x\"}"})
        EXPECT_THAT(message_of(with("headers = " + std::string(headers))),
                    HasSubstr("cannot be sent"))
            << headers;
    EXPECT_THAT(message_of(with("headers = {A = 1}")), HasSubstr("strings"));
    EXPECT_THAT(message_of(with("proxy = \"socks5://127.0.0.1:9050\"")), HasSubstr("socks5h://"));
    EXPECT_THAT(message_of(text + "[fetch]\npoll_max_minutes = 1\n"),
                HasSubstr("must not be less than 'poll_min_minutes'"));
}

// A configuration with a whole and what is said of its part.
std::string divided(std::string_view part) {
    return R"([mirror]
title = "M"
[[target]]
name = "whole"
kind = "git"
remote = "whole.git"
base_url = "https://git.example/whole/"
format = "markdown"
article_path = "pages/{yyyy}/{id}"
link_suffix = "?{id}"
[[target]]
name = "site"
kind = "directory"
path = "site"
base_url = "https://site.example/"
format = "html"
[[target]]
kind = "git"
remote = "part.git"
base_url = "https://git.example/part"
)" + std::string(part);
}

TEST(Config, APartKnowsItsWholeAndTheWholeItsParts) {
    const auto config = config::parse_config(
        divided("format = \"markdown\"\npart_of = \"whole\"\nperiod = \"2025\"\n"), "it");
    ASSERT_TRUE(config) << config.error().message;
    const Target& whole = config->targets[0];
    const Target& part = config->targets[2];
    ASSERT_EQ(whole.parts.size(), 1U);
    EXPECT_EQ(whole.parts[0].target, part.name);
    EXPECT_EQ(whole.parts[0].period, "2025");
    EXPECT_EQ(whole.parts[0].base_url, "https://git.example/part/");
    EXPECT_EQ(part.whole_url, "https://git.example/whole/");
    EXPECT_EQ(part.article_path, whole.article_path);
    EXPECT_EQ(part.link_suffix, whole.link_suffix);
}

TEST(Config, SaysWhatIsWrongWithAPart) {
    const std::string of_whole = "format = \"markdown\"\npart_of = \"whole\"\n";
    const struct {
        std::string part;
        const char* problem;
    } cases[] = {
        {of_whole, "'part_of' and 'period' belong together"},
        {"format = \"markdown\"\nperiod = \"2025\"\n", "'part_of' and 'period' belong together"},
        {of_whole + "period = \"25\"\n", "must be a year or a month"},
        {of_whole + "period = \"2025-1x\"\n", "must be a year or a month"},
        {"format = \"html\"\npart_of = \"whole\"\nperiod = \"2025\"\n", "'format' is another"},
        {"format = \"markdown\"\npart_of = \"site\"\nperiod = \"2025\"\n",
         "no other target of kind = \"git\""},
        {"format = \"markdown\"\npart_of = \"nobody\"\nperiod = \"2025\"\n",
         "no other target of kind = \"git\""},
        {"name = \"me\"\nformat = \"markdown\"\npart_of = \"me\"\nperiod = \"2025\"\n",
         "no other target of kind = \"git\""},
        {of_whole + "period = \"2025\"\n" +
             "[[target]]\nkind = \"git\"\nremote = \"p2.git\"\nbase_url = "
             "\"https://p2.example/\"\n" +
             of_whole + "period = \"2025-11\"\n",
         "has that period already"},
    };
    for (const auto& c : cases) {
        const auto config = config::parse_config(divided(c.part), "it");
        ASSERT_FALSE(config) << c.part;
        EXPECT_NE(config.error().message.find(c.problem), std::string::npos)
            << config.error().message;
    }
}

}  // namespace
}  // namespace heliograph::config
