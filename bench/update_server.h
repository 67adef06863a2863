// SPDX-License-Identifier: GPL-3.0-or-later
// A publisher for benchmarks: feeds, small pages and pictures, each answer 50 ms late, as from the
// other side of a country. One thread of a process of its own carries thousands of requests a
// second.
#pragma once

#include <sys/types.h>
#include <cstdint>
#include <string>

namespace heliograph::bench {

// "/f/FIRST-COUNT.xml" lists COUNT articles from FIRST on; "/a/N.html" is article N, with a picture
// when "?picture" is behind it. Whoever sends If-None-Match is told 304.
[[nodiscard]] std::string feed_path(int first, int count, bool pictures);
[[nodiscard]] std::string page_path(int number);
[[nodiscard]] std::string page(int number, bool picture);

class UpdateServer {
  public:
    UpdateServer();  // listens on a free port of 127.0.0.1
    ~UpdateServer();
    UpdateServer(const UpdateServer&) = delete;
    UpdateServer& operator=(const UpdateServer&) = delete;
    [[nodiscard]] std::string origin() const;

  private:
    std::uint16_t port_ = 0;
    pid_t process_ = -1;
};

}  // namespace heliograph::bench
