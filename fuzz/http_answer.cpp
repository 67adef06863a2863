// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever comes back on a connection, a request ends: with a reason, or with an answer whose names
// are in lower case, whose values hold no line, and whose body is no larger than was allowed.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>
#include <thread>

#include "base/utf8.h"
#include "fuzz/property.h"
#include "html/url.h"
#include "http/client.h"

namespace {
using namespace heliograph;

// Each connection gets the same bytes and is closed.
class Answerer {
  public:
    explicit Answerer(std::string_view answer) : answer_(answer) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        fuzz::require(listener_ >= 0 && ::bind(listener_, any, size) == 0 &&
                          ::listen(listener_, 8) == 0 && ::getsockname(listener_, any, &size) == 0,
                      "there is a port on loopback");
        origin_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        thread_ = std::jthread([this] { work(); });
    }
    Answerer(const Answerer&) = delete;
    Answerer& operator=(const Answerer&) = delete;
    ~Answerer() {
        ::shutdown(listener_, SHUT_RDWR);  // ends accept()
        thread_.join();
        ::close(listener_);
    }
    [[nodiscard]] const std::string& origin() const { return origin_; }

  private:
    void work() const {
        for (;;) {
            const int connection = ::accept(listener_, nullptr, nullptr);
            if (connection < 0) return;
            std::array<char, 4096> request{};
            if (::recv(connection, request.data(), request.size(), 0) > 0)
                static_cast<void>(::send(connection, answer_.data(), answer_.size(), MSG_NOSIGNAL));
            ::shutdown(connection, SHUT_WR);
            // A close with bytes unread would be a reset, which may take the answer with it.
            while (::recv(connection, request.data(), request.size(), 0) > 0) {
            }
            ::close(connection);
        }
    }

    std::string answer_;
    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::string origin_;
    std::jthread thread_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace std::chrono_literals;
    static const bool started = (http::start(), true);
    static_cast<void>(started);
    constexpr std::size_t kMostBytes = 1000;
    std::optional<Result<http::Response>> outcome;
    {
        const Answerer answerer(fuzz::as_text(data, size));
        http::Client client;
        http::Request request;
        request.url = html::parse_url(answerer.origin() + "/").value();
        request.max_body_bytes = kMostBytes;
        request.timeout = 5s;
        request.local_addresses = http::LocalAddresses::kAllow;
        client.submit(std::move(request), [&](auto response) { outcome = std::move(response); });
        while (client.run(1s) > 0) {
        }
    }
    fuzz::require(outcome.has_value(), "a request ends");
    if (!*outcome) {
        fuzz::require(!outcome->error().message.empty(), "a refusal says why");
        return 0;
    }
    const http::Response& response = **outcome;
    fuzz::require(response.body.size() <= kMostBytes, "a body has a bound");
    for (const auto& [name, value] : response.headers) {
        fuzz::require(ascii_lower(name) == name, "names are in lower case");
        fuzz::require((name + value).find_first_of("\r\n") == std::string::npos,
                      "a header is one line");
    }
    return 0;
}
