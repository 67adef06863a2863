// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/newsroom.h"

#include <fmt/format.h>
#include <algorithm>

#include "base/date.h"
#include "base/file.h"
#include "html/escape.h"

namespace heliograph::test {

std::string paragraphs(int seed) {
    static constexpr const char* kSentences[] = {
        "The harbour was quiet when the first boats came in, and nobody on the quay spoke for a "
        "while.",
        "According to the council, the repair of the old bridge will cost less than was feared, "
        "and take longer.",
        "She had kept the letters in a tin box, sorted by year, and read them aloud only once.",
        "Engineers measured the water every hour, wrote the figures down, and compared them with "
        "last spring.",
        "In the afternoon the wind turned, as the fishermen had said it would, and the fog "
        "lifted at last.",
        "The library stays open until nine, its director said, because that is when people have "
        "time to read.",
        "Nobody knows who planted the orchard, but everyone in the village has eaten its apples.",
    };
    std::string out;
    for (int paragraph = 0; paragraph < 5; ++paragraph) {
        out += fmt::format("<p>Paragraph {} of story {}. ", paragraph + 1, seed);
        for (int i = 0; i < 3; ++i)
            out += std::string(kSentences[(seed * 5 + paragraph * 3 + i) % 7]) + ' ';
        out += "</p>\n";
    }
    return out;
}

Newsroom::Newsroom() {
    const std::string pictures = std::string(HELIOGRAPH_TEST_DATA) + "/media/";
    server_.on("/wide.jpg", {.headers = {{"content-type", "image/jpeg"}},
                             .body = read_file(pictures + "wide.jpg")});
    server_.on("/robots.txt", {.status = 404});
    write_feed();
}

void Newsroom::publish(const Story& story) {
    const std::string title = html::escape_text(story.title);
    const int seed = static_cast<int>(story.path.size()) + story.path[1];
    std::string page = fmt::format(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0} | The "
        "Loopback</title></head><body><nav><a href=\"/\">Home</a> <a "
        "href=\"/x\">Elsewhere</a></nav><main><article><h1>{0}</h1>\n{1}",
        title, story.text.empty() ? paragraphs(seed) : story.text);
    if (story.revision > 1)
        page += fmt::format("<p>Correction number {}: the bridge is older than we wrote.</p>\n",
                            story.revision);
    if (story.has_picture)
        page +=
            "<figure><img src=\"/wide.jpg\" alt=\"The quay\"><figcaption>The quay in the "
            "morning.</figcaption></figure>\n";
    page += "</article></main><footer>All rights reserved</footer></body></html>";
    server_.on(story.path, {.headers = {{"content-type", "text/html; charset=utf-8"},
                                        {"etag", fmt::format("\"{}-{}\"", seed, story.revision)}},
                            .body = std::move(page)});
    std::erase_if(stories_, [&](const Story& known) { return known.path == story.path; });
    stories_.push_back(story);
    write_feed();
}

void Newsroom::announce(const std::string& path, const std::string& title) {
    stories_.push_back({.path = path, .title = title, .text = {}, .has_picture = false});
    write_feed();
}

void Newsroom::write_feed() {
    std::string feed =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>"
        "<title>The Loopback</title><link>" +
        server_.url("/") + "</link>\n";
    for (const Story& story : stories_) {
        const auto published = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2} +
                               std::chrono::hours{story.path.size()} +
                               std::chrono::minutes{story.path[1]};
        feed +=
            fmt::format("<item><title>{}</title><link>{}</link><pubDate>{}</pubDate></item>\n",
                        html::escape_text(html::escape_text(story.title)), server_.url(story.path),
                        format_http_date(published + std::chrono::hours{story.revision}));
    }
    feed += "</channel></rss>\n";
    server_.on("/feed.xml",
               {.headers = {{"content-type", "application/rss+xml"}}, .body = std::move(feed)});
}

std::string Newsroom::source() const {
    return fmt::format(
        "[[source]]\nname = \"The Loopback\"\nurl = \"{}\"\nsection = \"news\"\npermission = "
        "\"made for tests\"\nallow_private = true\n",
        server_.url("/feed.xml"));
}

}  // namespace heliograph::test
