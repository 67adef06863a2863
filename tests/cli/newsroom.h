// SPDX-License-Identifier: GPL-3.0-or-later
// A publisher on loopback: a feed, its articles and their pictures.
#pragma once

#include <string>
#include <vector>

#include "support/test_server.h"

namespace heliograph::test {

struct Story {
    std::string path = "/1.html";
    std::string title = "A title";
    std::string text{};  // of its paragraphs; empty: some made-up ones
    int revision = 1;    // changes the text and the feed's date
    bool has_picture = true;
};

class Newsroom {
  public:
    Newsroom();

    // Puts the story's page up and its item into the feed; a story at a known path replaces it.
    void publish(const Story& story);
    // An item in the feed alone: the test answers for the page.
    void announce(const std::string& path, const std::string& title);

    // A [[source]] of this newsroom's feed.
    [[nodiscard]] std::string source() const;
    [[nodiscard]] TestServer& server() { return server_; }

  private:
    void write_feed();

    TestServer server_;
    std::vector<Story> stories_;
};

// Paragraphs enough for an article; different for each `seed`.
[[nodiscard]] std::string paragraphs(int seed);

}  // namespace heliograph::test
