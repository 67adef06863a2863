// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

namespace heliograph::test {
namespace {

// Requests of tests are small; more than this is a bug of the client under test.
constexpr std::size_t kMaxRequestBytes = std::size_t{16} << 20;
constexpr int kDripMilliseconds = 20;

class Socket {
  public:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() { ::close(descriptor_); }

    // False when the other side is gone.
    [[nodiscard]] bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // Appends what comes; false at the end.
    bool receive(std::string& buffer) const {
        char bytes[16384];
        const ssize_t got = ::recv(descriptor_, bytes, sizeof bytes, 0);
        if (got <= 0) return false;
        buffer.append(bytes, static_cast<std::size_t>(got));
        return true;
    }
    void wait_until_closed() const {
        std::string ignored;
        while (receive(ignored)) ignored.clear();
    }
    // False when the other side said something or went away in this time.
    [[nodiscard]] bool pause(int milliseconds) const {
        pollfd wanted{.fd = descriptor_, .events = POLLIN, .revents = 0};
        return ::poll(&wanted, 1, milliseconds) == 0;
    }
    // The close that follows is a reset instead of an orderly end.
    void reset_on_close() const {
        const linger now{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    void finish_sending() const { ::shutdown(descriptor_, SHUT_WR); }
    void shut_down() const { ::shutdown(descriptor_, SHUT_RDWR); }
    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string path_of(std::string_view target) {
    if (const auto scheme = target.find("://"); !target.starts_with('/') && scheme != target.npos) {
        const auto slash = target.find('/', scheme + 3);
        target = slash == target.npos ? "/" : target.substr(slash);
    }
    return std::string(target.substr(0, target.find('?')));
}

// Takes one request from the front of `buffer`, reading on as needed; nullopt at the end.
std::optional<ReceivedRequest> read_request(const Socket& socket, std::string& buffer) {
    std::size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
        if (buffer.size() > kMaxRequestBytes || !socket.receive(buffer)) return std::nullopt;
    }
    ReceivedRequest request;
    std::string_view head = std::string_view(buffer).substr(0, end);
    const auto next_line = [&head] {
        const auto at = head.find("\r\n");
        const std::string_view line = head.substr(0, at);
        head = at == head.npos ? std::string_view{} : head.substr(at + 2);
        return line;
    };
    const std::string_view first = next_line();
    const auto space = first.find(' ');
    const auto second_space = first.find(' ', space + 1);
    if (space == first.npos || second_space == first.npos) return std::nullopt;
    request.method = first.substr(0, space);
    request.target = first.substr(space + 1, second_space - space - 1);
    request.path = path_of(request.target);
    while (!head.empty()) {
        const std::string_view line = next_line();
        const auto colon = line.find(':');
        if (colon == line.npos) continue;
        request.headers.emplace_back(lower(line.substr(0, colon)),
                                     std::string(trimmed(line.substr(colon + 1))));
    }
    buffer.erase(0, end + 4);
    const std::string length = request.header("content-length");
    const std::size_t wanted = length.empty() ? 0 : std::stoul(length);
    if (wanted > kMaxRequestBytes) return std::nullopt;
    while (buffer.size() < wanted) {
        if (!socket.receive(buffer)) return std::nullopt;
    }
    request.body = buffer.substr(0, wanted);
    buffer.erase(0, wanted);
    return request;
}

// Plays the proxy's part of RFC 1928 without authentication; gives the destination.
std::optional<std::string> greet_socks5(const Socket& socket, std::string& buffer) {
    const auto need = [&](std::size_t bytes) {
        while (buffer.size() < bytes) {
            if (!socket.receive(buffer)) return false;
        }
        return true;
    };
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(buffer[i]); };
    if (!need(2) || !need(2U + byte(1))) return std::nullopt;
    buffer.erase(0, 2U + byte(1));
    if (!socket.send(std::string_view("\x05\x00", 2)) || !need(5)) return std::nullopt;
    std::string host;
    std::size_t length = 0;  // of everything before the port
    switch (byte(3)) {
        case 1:
            length = 4 + 4;
            if (!need(length + 2)) return std::nullopt;
            for (std::size_t i = 4; i < 8; ++i)
                host += (i == 4 ? "" : ".") + std::to_string(byte(i));
            break;
        case 3:
            length = 5U + byte(4);
            if (!need(length + 2)) return std::nullopt;
            host = buffer.substr(5, byte(4));
            break;
        default:
            return std::nullopt;  // an IPv6 address; no test sends one
    }
    const unsigned port = (unsigned{byte(length)} << 8) | byte(length + 1);
    buffer.erase(0, length + 2);
    if (!socket.send(std::string_view("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00", 10)))
        return std::nullopt;
    return host + ":" + std::to_string(port);
}

std::string head_of(const Answer& answer, std::optional<std::size_t> length, bool keep) {
    std::string out = "HTTP/1.1 " + std::to_string(answer.status) + " Test\r\n";
    for (const auto& [name, value] : answer.headers)
        out += name.empty() ? value + "\r\n" : name + ": " + value + "\r\n";
    const bool bodiless = answer.status == 304 || answer.status == 204;
    if (length && !bodiless) out += "Content-Length: " + std::to_string(*length) + "\r\n";
    if (!keep) out += "Connection: close\r\n";
    return out + "\r\n";
}

// Sends the answer; true when the connection may take another request.
bool send_answer(const Socket& socket, const ReceivedRequest& request, const Answer& answer) {
    const std::string_view body = answer.body;
    const std::string_view half = body.substr(0, body.size() / 2);
    switch (answer.fault) {
        case Fault::kNone: {
            const bool bodiless =
                answer.status == 304 || answer.status == 204 || request.method == "HEAD";
            const bool keep = lower(request.header("connection")) != "close";
            std::string bytes = head_of(answer, body.size(), keep);
            if (!bodiless) bytes += body;
            return socket.send(bytes) && keep;
        }
        case Fault::kStall:
            socket.wait_until_closed();
            return false;
        case Fault::kStallInBody:
            if (socket.send(head_of(answer, body.size(), true)) && socket.send(half))
                socket.wait_until_closed();
            return false;
        case Fault::kCloseBeforeHeaders:
            return false;
        case Fault::kResetInBody:
            // The half must have been read before the reset, which throws away what is on its way:
            // wait until the other side has had its turn.
            if (socket.send(head_of(answer, body.size(), true)) && socket.send(half))
                static_cast<void>(socket.pause(kDripMilliseconds));
            socket.reset_on_close();
            return false;
        case Fault::kLengthTooLong:
            static_cast<void>(socket.send(head_of(answer, body.size() + 1000, false)) &&
                              socket.send(body));
            return false;
        case Fault::kLengthTooShort:
            static_cast<void>(socket.send(head_of(answer, body.size() / 2, false)) &&
                              socket.send(body));
            return false;
        case Fault::kDrip: {
            bool open = socket.send(head_of(answer, body.size(), true));
            for (std::size_t i = 0; open && i < body.size(); ++i)
                open = socket.send(body.substr(i, 1)) && socket.pause(kDripMilliseconds);
            return open;
        }
        case Fault::kEndlessHeaders: {
            bool open = socket.send("HTTP/1.1 200 Test\r\n");
            const std::string line = "X-Padding: " + std::string(1000, 'x') + "\r\n";
            while (open) open = socket.send(line);
            return false;
        }
        case Fault::kEndlessBody: {
            bool open =
                socket.send(head_of({.status = answer.status,
                                     .headers =
                                         [&] {
                                             Headers all = answer.headers;
                                             all.emplace_back("Transfer-Encoding", "chunked");
                                             return all;
                                         }()},
                                    std::nullopt, true));
            const std::string bytes = body.empty() ? std::string(8192, 'x') : answer.body;
            char size[20];
            const int length = std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
            const std::string chunk =
                std::string(size, static_cast<std::size_t>(length)) + bytes + "\r\n";
            while (open) open = socket.send(chunk);
            return false;
        }
        case Fault::kGarbage:
            static_cast<void>(socket.send("\x16\x03\x01 not http at all\r\n\r\n"));
            return false;
    }
    return false;
}

std::string gzip(std::string_view body) {
    z_stream stream{};
    // 15 + 16: the gzip form.
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        throw std::runtime_error("cannot set up gzip");
    std::string out(deflateBound(&stream, body.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace

std::string ReceivedRequest::header(std::string_view name) const {
    for (const auto& [known, value] : headers) {
        if (known == name) return value;
    }
    return {};
}

bool ReceivedRequest::has_header(std::string_view name) const {
    return std::ranges::any_of(headers, [&](const auto& h) { return h.first == name; });
}

Answer redirect(std::string location, int status) {
    return {.status = status, .headers = {{"location", std::move(location)}}};
}

Answer gzipped(std::string_view body) {
    return {.headers = {{"content-encoding", "gzip"}}, .body = gzip(body)};
}

Answer gzip_bomb(std::size_t bytes) { return gzipped(std::string(bytes, '\0')); }

struct TestServer::State {
    struct Route {
        Handler handler;
        std::mutex mutex;
    };
    struct Connection {
        explicit Connection(int descriptor) : socket(descriptor) {}
        Socket socket;
        std::jthread thread;
    };

    std::optional<Socket> listener;
    std::uint16_t port = 0;

    mutable std::mutex mutex;  // guards everything below
    // Shared with a request under way while a test replaces the route.
    std::map<std::string, std::shared_ptr<Route>, std::less<>> routes;
    std::shared_ptr<Route> fallback;
    std::vector<ReceivedRequest> requests;
    std::list<Connection> open;
    std::size_t connections = 0;
    std::size_t at_once = 0;
    std::size_t most_at_once = 0;
    bool stopping = false;

    std::jthread acceptor;

    void set(std::string path, Handler handler) {
        auto route = std::make_shared<Route>();
        route->handler = std::move(handler);
        const std::scoped_lock lock(mutex);
        routes[std::move(path)] = std::move(route);
    }

    Answer answer_to(const ReceivedRequest& request) {
        std::shared_ptr<Route> route;
        {
            const std::scoped_lock lock(mutex);
            const auto found = routes.find(request.path);
            route = found == routes.end() ? fallback : found->second;
        }
        if (!route) return {.status = 404, .body = "not in the test's table"};
        const std::scoped_lock lock(route->mutex);
        try {
            return route->handler(request);
        } catch (const std::exception& problem) {
            return {.status = 500, .body = problem.what()};
        }
    }

    void serve(const Socket& socket, std::size_t number) {
        std::string buffer;
        std::string destination;
        if (!socket.receive(buffer)) return;
        if (buffer.front() == '\x05') {
            auto asked = greet_socks5(socket, buffer);
            if (!asked) return;
            destination = std::move(*asked);
        }
        bool keep = true;
        while (keep) {
            auto request = read_request(socket, buffer);
            if (!request) return;
            request->connection = number;
            request->socks_destination = destination;
            {
                const std::scoped_lock lock(mutex);
                requests.push_back(*request);
                most_at_once = std::max(most_at_once, ++at_once);
            }
            const Answer answer = answer_to(*request);
            {
                // Before the last byte goes out, or the client's next request could be counted
                // beside this one.
                const std::scoped_lock lock(mutex);
                --at_once;
            }
            keep = send_answer(socket, *request, answer);
        }
    }

    void accept_all() {
        while (true) {
            const int descriptor = ::accept(listener->descriptor(), nullptr, nullptr);
            const std::scoped_lock lock(mutex);
            if (stopping) {
                if (descriptor >= 0) ::close(descriptor);
                return;
            }
            if (descriptor < 0) continue;
            Connection& connection = open.emplace_back(descriptor);
            connection.thread = std::jthread([this, &connection, number = ++connections] {
                serve(connection.socket, number);
                // The descriptor itself stays until the server goes, so that its number is not
                // taken again while another thread may still shut it down.
                linger how{};
                socklen_t size = sizeof how;
                ::getsockopt(connection.socket.descriptor(), SOL_SOCKET, SO_LINGER, &how, &size);
                if (how.l_onoff != 0) {
                    // Connecting to "nowhere" ends a TCP connection with a reset.
                    const sockaddr nowhere{.sa_family = AF_UNSPEC, .sa_data = {}};
                    ::connect(connection.socket.descriptor(), &nowhere, sizeof nowhere);
                } else {
                    connection.socket.shut_down();
                }
            });
        }
    }
};

TestServer::TestServer() : state_(std::make_unique<State>()) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) throw std::runtime_error("cannot open a socket");
    state_->listener.emplace(descriptor);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(descriptor, 256) != 0 ||
        ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("cannot listen on loopback");
    state_->port = ntohs(address.sin_port);
    state_->acceptor = std::jthread([state = state_.get()] { state->accept_all(); });
}

TestServer::~TestServer() {
    {
        const std::scoped_lock lock(state_->mutex);
        state_->stopping = true;
        for (const auto& connection : state_->open) connection.socket.shut_down();
    }
    state_->listener->shut_down();  // wakes accept()
    state_->acceptor.join();
    state_->open.clear();  // joins the threads
}

void TestServer::on(std::string path, Answer answer) {
    state_->set(std::move(path),
                [answer = std::move(answer)](const ReceivedRequest&) { return answer; });
}

void TestServer::on(std::string path, Handler handler) {
    state_->set(std::move(path), std::move(handler));
}

void TestServer::otherwise(Handler handler) {
    auto route = std::make_shared<State::Route>();
    route->handler = std::move(handler);
    const std::scoped_lock lock(state_->mutex);
    state_->fallback = std::move(route);
}

std::uint16_t TestServer::port() const { return state_->port; }

std::string TestServer::origin() const { return "http://127.0.0.1:" + std::to_string(port()); }

std::string TestServer::url(std::string_view path) const { return origin() + std::string(path); }

std::vector<ReceivedRequest> TestServer::requests() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->requests;
}

std::vector<std::string> TestServer::paths() const {
    std::vector<std::string> out;
    for (const auto& request : requests()) out.push_back(request.path);
    return out;
}

std::size_t TestServer::count(std::string_view path) const {
    const auto all = requests();
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [&](const auto& request) { return request.path == path; }));
}

std::size_t TestServer::connections() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->connections;
}

std::size_t TestServer::most_at_once() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->most_at_once;
}

void TestServer::forget_requests() {
    const std::scoped_lock lock(state_->mutex);
    state_->requests.clear();
    state_->most_at_once = state_->at_once;
}

}  // namespace heliograph::test
