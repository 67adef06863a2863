// SPDX-License-Identifier: GPL-3.0-or-later
// A read-only web server for finished folders. Sets no cookie, keeps no address, runs nothing.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "serve/resource.h"

namespace heliograph::serve {

struct ServerOptions {
    std::string address = "127.0.0.1";
    int port = 0;  // 0: any free one
    // By host name in lower case, without port; "" is for every other name.
    std::map<std::string, Site, std::less<>> sites{};
};

// Serves on the thread that calls run(); only stop() may be called from another.
class Server {
  public:
    // Listens at once. Errors: kConfig for an address that is none, kRefused when it cannot be had
    // (in use, or not ours).
    [[nodiscard]] static Result<Server> open(ServerOptions options);
    Server(Server&&) noexcept;
    Server& operator=(Server&&) noexcept;
    ~Server();

    [[nodiscard]] int port() const;

    // Until stop(). One bad connection ends only itself.
    void run();
    void stop();

  private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace heliograph::serve
