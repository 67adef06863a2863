// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Add, FindsEverySourceThatASiteNamesAndAppendsItOnce) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html", .title = "The bridge opens at last"});
    TestServer& server = newsroom.server();
    const std::string item = server.url("/one.html");
    server.on("/", {.body = "<!doctype html><head><title>The \"Loop\" back</title>"
                            "<link rel=alternate type=application/rss+xml href=/feed.xml>"
                            "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"atom\">"
                            "<link rel=alternate type=application/feed+json href=/feed.json>"
                            "<link rel=alternate type=application/rss+xml href=/comments/feed/>"
                            "<link rel=alternate hreflang=fr href=/fr/></head>"
                            "<a href=/linked/rss>RSS</a> <a href=/gone.xml>old</a>"});
    server.on("/robots.txt",
              {.body = "User-agent: *\nDisallow: /private\nsitemap: " +
                       server.url("/sitemap_index.xml.gz") + "\r\nSitemap: /news-sitemap.xml\n"});
    server.on("/atom", {.body = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><link href=\"" +
                                item + "\"/></entry></feed>"});
    server.on("/feed.json",
              {.body = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{"
                       "\"url\":\"" +
                       item + "\"}]}"});
    server.on("/linked/rss",
              {.body = "<rss><channel><item><link>" + item + "</link></item></channel></rss>"});
    server.on("/news-sitemap.xml", {.body = "<urlset><url><loc>" + item + "</loc></url></urlset>"});
    // Packed as a file, not for the way.
    Answer packed = gzipped("<sitemapindex><sitemap><loc>" + server.url("/news-sitemap.xml") +
                            "</loc></sitemap></sitemapindex>");
    packed.headers = {{"content-type", "application/gzip"}};
    server.on("/sitemap_index.xml.gz", packed);

    Operator us;
    us.configure("# my notes\n" + newsroom.source());
    const std::string before = read_file(us.folder() / "heliograph.toml");
    const Outcome run = us.run({"add", server.url("/"), "--allow-private"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.out, AllOf(HasSubstr("there already " + server.url("/feed.xml")),
                               HasSubstr("no source     " + server.url("/gone.xml")),
                               Not(HasSubstr("/comments/"))));
    const std::string after = read_file(us.folder() / "heliograph.toml");
    EXPECT_THAT(after, StartsWith(before));
    for (const char* path :
         {"/atom", "/feed.json", "/linked/rss", "/sitemap_index.xml.gz", "/news-sitemap.xml"}) {
        EXPECT_THAT(run.out, HasSubstr("appended      " + server.url(path)));
        EXPECT_THAT(after, HasSubstr("url = \"" + server.url(path) + "\""));
    }
    EXPECT_THAT(after, HasSubstr("name = \"The \\\"Loop\\\" back\""));
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("in 6 sources"));

    const Outcome again = us.run({"add", server.url("/"), "--allow-private"});
    EXPECT_EQ(again.status, 1);
    EXPECT_THAT(again.out, Not(HasSubstr("appended")));
    EXPECT_EQ(read_file(us.folder() / "heliograph.toml"), after);
}

TEST(Add, SaysWhatIsWrongAndLeavesTheFileAlone) {
    Newsroom newsroom;
    newsroom.server().on("/", {.body = "<!doctype html><title>Nothing here</title><p>No."});
    Operator us;
    us.configure(newsroom.source());
    const std::string before = read_file(us.folder() / "heliograph.toml");
    const Outcome none = us.run({"add", newsroom.server().url("/"), "--allow-private"});
    EXPECT_EQ(none.status, 3);
    EXPECT_THAT(none.err, HasSubstr("names no feed and no sitemap, and lists no articles"));
    EXPECT_EQ(us.run({"add", newsroom.server().url("/")}).status, 3);  // a local address
    EXPECT_EQ(us.run({"add", "ftp://a.example/"}).status, 2);
    EXPECT_EQ(us.run({"add", newsroom.server().url("/"), "--section", "no"}).status, 2);
    EXPECT_EQ(read_file(us.folder() / "heliograph.toml"), before);
}

}  // namespace
}  // namespace heliograph::test
