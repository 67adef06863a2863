// SPDX-License-Identifier: GPL-3.0-or-later
// Archives that another tool wrote give the articles that fetching gives.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "cli/newsroom.h"
#include "cli/operator.h"
#include "store/store.h"

namespace heliograph::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

// A site whose pages say everything themselves, with a sitemap of them.
class Site {
  public:
    Site() {
        TestServer& server = newsroom_.server();
        std::string sitemap = "<urlset>";
        for (int i = 1; i <= 3; ++i) {
            const std::string path = fmt::format("/2026/{}.html", i);
            sitemap += "<url><loc>" + server.url(path) + "</loc></url>";
            addresses += server.url(path) + "\n";
            const std::string page = fmt::format(
                "<!doctype html><html lang=en><head><title>Story number {0} of the "
                "day</title><meta "
                "property=\"article:published_time\" content=\"2026-11-0{0}T08:00:00Z\"></head>"
                "<body><article><h1>Story number {0} of the day</h1><figure><img src=\"/wide.jpg\" "
                "alt=\"x\"><figcaption>The quay.</figcaption></figure>{1}</article></body></html>",
                i, paragraphs(i));
            // One is packed on its way, one comes in chunks.
            Answer answer = i == 1 ? gzipped(page) : Answer{.body = page};
            answer.headers.emplace_back("content-type", "text/html; charset=utf-8");
            server.on(path, answer);
        }
        server.on("/sitemap.xml", {.body = sitemap + "</urlset>"});
    }
    [[nodiscard]] std::string source() {
        return fmt::format(
            "[[source]]\nname = \"The Loopback\"\nurl = \"{}\"\nsection = \"news\"\n"
            "allow_private = true\n",
            newsroom_.server().url("/sitemap.xml"));
    }
    TestServer& server() { return newsroom_.server(); }
    std::string addresses;

  private:
    Newsroom newsroom_;
};

struct Mirrored {
    std::string title, body, published, canonical_url, lead_image;
    std::size_t pictures = 0;
    friend bool operator==(const Mirrored&, const Mirrored&) = default;
};
void PrintTo(const Mirrored& article, std::ostream* out) {
    *out << article.title << " " << article.published << " " << article.canonical_url << " "
         << article.lead_image << " " << article.pictures << "\n"
         << article.body;
}

std::map<std::string, Mirrored> articles_of(const Operator& us) {
    store::Store store(us.folder() / "state");
    std::map<std::string, Mirrored> out;
    for (const store::LedgerRow& row : store.ledger("", Fate::kPublished)) {
        const auto article = store.article(row.article);
        if (!article) continue;
        out[row.url] = {.title = article->title,
                        .body = article->body,
                        .published = article->published ? format_rfc3339(*article->published) : "",
                        .canonical_url = article->canonical_url,
                        .lead_image = article->lead_image ? article->lead_image->url : "",
                        .pictures = store.pictures_of(row.article).size()};
    }
    return out;
}

TEST(Archive, WrittenByWgetGivesTheArticlesOfFetchingWithoutTheNetwork) {
    Site site;
    Operator fetching;
    fetching.configure(site.source());
    ASSERT_EQ(fetching.run({"update"}).status, 0);
    const auto fetched = articles_of(fetching);
    ASSERT_THAT(fetched, SizeIs(3));
    EXPECT_EQ(fetched.begin()->second.pictures, 1U);

    Operator importing;
    write_file_atomically(importing.folder() / "addresses.txt", site.addresses);
    for (const char* packing : {"--warc-tempdir=.", "--no-warc-compression"}) {
        ASSERT_EQ(run_program({"wget", "-q", "--page-requisites", "--warc-file=crawl", packing,
                               "--input-file=addresses.txt"},
                              importing.folder())
                      .status,
                  0);
    }
    site.server().forget_requests();
    importing.configure(site.source());
    const Outcome run = importing.run({"import", "crawl.warc.gz"});
    EXPECT_EQ(run.status, 0) << run.out << run.err;
    EXPECT_EQ(articles_of(importing), fetched);
    EXPECT_THAT(site.server().requests(), SizeIs(0));
    EXPECT_THAT(importing.run({"import", "crawl.warc.gz"}).out, HasSubstr("found      0"));

    Operator plain;
    plain.configure("[[source]]\nname = \"The Loopback\"\npath = \"" +
                    (importing.folder() / "crawl.warc").string() +
                    "\"\nsection = \"news\"\nallow_private = true\n");
    EXPECT_EQ(plain.run({"update"}).status, 0);
    EXPECT_EQ(articles_of(plain), fetched);
    EXPECT_THAT(site.server().requests(), SizeIs(0));
}

TEST(Archive, AFolderOfSavedPagesIsReadWhereThePagesSayTheirAddress) {
    Operator us;
    const auto page = [](std::string_view head, int i) {
        return fmt::format(
            "<!doctype html><title>Story {0} of the day</title>{1}<article><h1>Story "
            "{0} of the day</h1>{2}</article>",
            i, head, paragraphs(i));
    };
    write_file_atomically(us.folder() / "saved/1.html",
                          page("<link rel=canonical href=\"https://a.example/1\">", 1));
    write_file_atomically(us.folder() / "saved/2.html", page("", 2));
    us.configure(
        "[[source]]\nname = \"A\"\nurl = \"https://a.example/feed.xml\"\nsection = \"news\"\n");
    const Outcome run = us.run({"import", "saved", "--verbose"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.out, AllOf(HasSubstr("new        1 articles"),
                               HasSubstr("2.html' left out: the page does not say which address")));
    us.configure(
        "[[source]]\nname = \"B\"\nurl = \"https://b.example/feed.xml\"\nsection = \"news\"\n");
    const Outcome other = us.run({"import", "saved"});
    EXPECT_EQ(other.status, 2);
    EXPECT_THAT(other.err, HasSubstr("1 pages of 'a.example' left out"));
    EXPECT_EQ(us.run({"import", "nothing"}).status, 3);
    write_file_atomically(us.folder() / "bad.warc.gz", "\x1f\x8b nonsense");
    EXPECT_EQ(us.run({"import", "bad.warc.gz"}).status, 3);
}

}  // namespace
}  // namespace heliograph::test
