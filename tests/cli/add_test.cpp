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
    newsroom.server().on("/crawl.warc", {.body = "WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"});
    EXPECT_THAT(us.run({"add", newsroom.server().url("/crawl.warc"), "--allow-private"}).err,
                HasSubstr("it is a WARC file (save it on this machine"));
    EXPECT_EQ(us.run({"add", "ftp://a.example/"}).status, 2);
    EXPECT_THAT(us.run({"add", "no-such-file.warc.gz"}).err,
                HasSubstr("neither an address of the web nor a file here"));
    EXPECT_EQ(us.run({"add", newsroom.server().url("/"), "--section", "no"}).status, 2);
    EXPECT_EQ(read_file(us.folder() / "heliograph.toml"), before);
}

TEST(Add, GuessesWhereAnArrayHasItsFieldsAndTheNextUpdateReadsIt) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html", .title = "The bridge opens at last"});
    newsroom.publish({.path = "/two.html", .title = "Nine years of work are over"});
    TestServer& server = newsroom.server();
    server.on("/list.js", {.body = "var menu=['a','b'];var list=[[7,'The bridge opens at "
                                   "last','2026-11-02','/one.html','/p/1.jpg'],\n[8,'Nine years "
                                   "of work are over','2026-11-03','two.html','/p/2.jpg']];"});
    server.on("/page", {.body = "<!doctype html><title>List</title><div id=app></div><script>"
                                "window.__DATA__={user:{id:1},feed:{rows:["
                                "{id:'a1',link:{href:'/one.html'},headline:'The bridge opens at "
                                "last',at:1793577600},{id:'a2',link:{href:'/two.html'},"
                                "headline:'Nine years of work are over',at:1793664000}]}}"
                                "</script>"});
    for (const auto& [path, fields] :
         {std::pair{"/list.js", R"({url = "3", title = "1", date = "2", image = "4"})"},
          {"/page", R"({url = "link.href", title = "headline", date = "at"})"}}) {
        Operator us;
        us.configure("");
        const Outcome run = us.run({"add", server.url(path), "--allow-private"});
        EXPECT_EQ(run.status, 0) << run.err;
        EXPECT_THAT(run.out, HasSubstr("2 items"));
        EXPECT_THAT(read_file(us.folder() / "heliograph.toml"), HasSubstr(fields));
        EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        2 articles"));
    }
}

TEST(Add, TakesAnArchiveOrAListOfThisMachine) {
    Newsroom newsroom;
    newsroom.publish({.path = "/one.html", .title = "The bridge opens at last"});
    const std::string address = newsroom.server().url("/one.html");
    const std::string answer =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><title>The bridge opens "
        "at last</title><article><h1>The bridge opens at last</h1>" +
        paragraphs(1) + "</article>";
    Operator us;
    us.configure("");
    write_file_atomically(
        us.folder() / "in/crawl.warc",
        fmt::format("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {}\r\nWARC-Date: "
                    "2026-11-02T10:00:00Z\r\nContent-Type: application/http; "
                    "msgtype=response\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
                    address, answer.size(), answer));
    write_file_atomically(us.folder() / "in/list.csv", "url,title\n" + address + ",Bridge\n");
    const Outcome archive = us.run({"add", (us.folder() / "in/crawl.warc").string()});
    EXPECT_EQ(archive.status, 0) << archive.err;
    EXPECT_THAT(archive.out,
                HasSubstr("in/crawl.warc (an archive of pages, 1 item, named by you)"));
    EXPECT_THAT(us.run({"add", (us.folder() / "in/list.csv").string(), "--allow-private"}).out,
                HasSubstr("in/list.csv (a list of addresses, 1 item, named by you)"));
    EXPECT_EQ(us.run({"add", (us.folder() / "in/crawl.warc").string()}).status, 1);
    const std::string toml = read_file(us.folder() / "heliograph.toml");
    EXPECT_THAT(toml,
                AllOf(HasSubstr("path = \"in/crawl.warc\""), HasSubstr("path = \"in/list.csv\"")));
    EXPECT_THAT(us.run({"update"}).out, HasSubstr("new        1 articles"));
}

}  // namespace
}  // namespace heliograph::test
