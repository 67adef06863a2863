// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/server.h"

#include <fmt/format.h>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/utf8.h"

namespace heliograph::serve {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
namespace {

// A browser sends about 1 KB of headers.
constexpr std::uint32_t kMaxHeaderBytes = 16 * 1024;
// Nothing is ever sent to us.
constexpr std::uint64_t kMaxBodyBytes = 0;
// Between two requests of a connection, and for the headers of one to come whole.
constexpr std::chrono::seconds kIdleTimeout{30};
// For one answer on the worst line: 24 MB at 10 KB/s would need 40 minutes, but a picture of the
// mirror has some 100 KB and a page 20.
constexpr std::chrono::minutes kAnswerTimeout{10};
// Open at once; each costs some 10 KB. What comes beyond is closed at once.
constexpr std::size_t kMaxConnections = 4'000;
// After the kernel had no descriptor left for a new connection.
constexpr std::chrono::milliseconds kAcceptPause{200};

using Request = http::request<http::empty_body>;

template <typename Body>
http::response<Body> begin_response(const Request& request, http::status status) {
    http::response<Body> response(status, request.version());
    response.keep_alive(request.keep_alive());
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    return response;
}

http::response<http::string_body> text_response(const Request& request, http::status status,
                                                std::string text) {
    auto response = begin_response<http::string_body>(request, status);
    response.set(http::field::content_type, "text/plain; charset=utf-8");
    response.body() = std::move(text);
    response.prepare_payload();
    return response;
}

// Changes whenever the file is replaced: its time of writing and its size.
std::string etag_of(const std::filesystem::path& path, std::uint64_t size) {
    std::error_code error;
    const auto written = std::filesystem::last_write_time(path, error);
    return fmt::format("\"{:x}-{:x}\"", written.time_since_epoch().count(), size);
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// "Host: name:port" without the port.
std::string host_of(const Request& request) {
    const std::string host = ascii_lower(view(request[http::field::host]));
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

}  // namespace

struct Server::State {
    asio::io_context context{1};
    tcp::acceptor acceptor{context};
    ServerOptions options;
    std::size_t connections = 0;

    const Site* site_for(const Request& request) const {
        auto site = options.sites.find(host_of(request));
        if (site == options.sites.end()) site = options.sites.find("");
        return site != options.sites.end() ? &site->second : nullptr;
    }

    asio::awaitable<void> accept();
    asio::awaitable<void> serve(beast::tcp_stream stream);
    asio::awaitable<bool> answer(beast::tcp_stream& stream, const Request& request);
    asio::awaitable<bool> send_file(beast::tcp_stream& stream, const Request& request,
                                    const FoundFile& file);
};

asio::awaitable<void> Server::State::accept() {
    while (true) {
        boost::system::error_code error;
        tcp::socket socket =
            co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            asio::steady_timer pause(context, kAcceptPause);
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        if (connections >= kMaxConnections) continue;
        ++connections;
        asio::co_spawn(context, serve(beast::tcp_stream(std::move(socket))),
                       // Whatever ended it, a reset or no memory, it was this connection's alone.
                       [this](const std::exception_ptr&) { --connections; });
    }
}

asio::awaitable<void> Server::State::serve(beast::tcp_stream stream) {
    beast::flat_buffer buffer(kMaxHeaderBytes);
    for (bool keep = true; keep;) {
        http::request_parser<http::empty_body> parser;
        parser.header_limit(kMaxHeaderBytes);
        parser.body_limit(kMaxBodyBytes);
        stream.expires_after(kIdleTimeout);
        boost::system::error_code error;
        co_await http::async_read(stream, buffer, parser,
                                  asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            if (error == http::error::header_limit || error == http::error::buffer_overflow ||
                error == http::error::body_limit || error == http::error::bad_target) {
                const auto response =
                    text_response(parser.get(), http::status::bad_request, "Bad request\n");
                co_await http::async_write(stream, response,
                                           asio::redirect_error(asio::use_awaitable, error));
            }
            break;
        }
        stream.expires_after(kAnswerTimeout);
        keep = co_await answer(stream, parser.get());
    }
    boost::system::error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
}

// Returns whether the connection may have another request.
asio::awaitable<bool> Server::State::answer(beast::tcp_stream& stream, const Request& request) {
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
        auto response =
            text_response(request, http::status::method_not_allowed, "Only GET and HEAD\n");
        response.set(http::field::allow, "GET, HEAD");
        response.keep_alive(false);  // a body that was announced is not read
        co_await http::async_write(stream, response, asio::use_awaitable);
        co_return false;
    }
    const Site* site = site_for(request);
    const Resource resource =
        site != nullptr ? find_resource(*site, view(request.target())) : Resource(NotFound{});
    if (const auto* file = std::get_if<FoundFile>(&resource))
        co_return co_await send_file(stream, request, *file);

    auto response = text_response(request, http::status::not_found, "Not found\n");
    if (const auto* moved = std::get_if<MovedTo>(&resource)) {
        response = text_response(request, http::status::moved_permanently, "");
        response.set(http::field::location, moved->target);
    }
    if (request.method() == http::verb::head) {
        http::response_serializer<http::string_body> serializer(response);
        serializer.split(true);
        co_await http::async_write_header(stream, serializer, asio::use_awaitable);
    } else {
        co_await http::async_write(stream, response, asio::use_awaitable);
    }
    co_return response.keep_alive();
}

asio::awaitable<bool> Server::State::send_file(beast::tcp_stream& stream, const Request& request,
                                               const FoundFile& file) {
    http::file_body::value_type body;
    boost::system::error_code error;
    body.open(file.path.c_str(), beast::file_mode::scan, error);
    if (error) {
        // Replaced or removed a moment ago, or not readable for us.
        const auto response = text_response(request, http::status::not_found, "Not found\n");
        co_await http::async_write(stream, response, asio::use_awaitable);
        co_return response.keep_alive();
    }
    const std::string etag = etag_of(file.path, body.size());
    const bool known =
        view(request[http::field::if_none_match]).find(etag) != std::string_view::npos;
    if (known) {
        auto response = begin_response<http::empty_body>(request, http::status::not_modified);
        response.set(http::field::etag, etag);
        co_await http::async_write(stream, response, asio::use_awaitable);
        co_return response.keep_alive();
    }
    auto response = begin_response<http::file_body>(request, http::status::ok);
    response.set(http::field::content_type, file.content_type);
    response.set(http::field::etag, etag);
    // Kept, but asked about again: a mirror changes whenever there is news.
    response.set(http::field::cache_control, "no-cache");
    response.body() = std::move(body);
    response.prepare_payload();
    http::response_serializer<http::file_body> serializer(response);
    if (request.method() == http::verb::head) {
        serializer.split(true);
        co_await http::async_write_header(stream, serializer, asio::use_awaitable);
    } else {
        co_await http::async_write(stream, serializer, asio::use_awaitable);
    }
    co_return response.keep_alive();
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::open(ServerOptions options) {
    auto state = std::make_unique<State>();
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error)
        return fail(ErrorCode::kConfig,
                    fmt::format("cannot serve at '{}': not a numeric address", options.address));
    const tcp::endpoint endpoint(address, static_cast<std::uint16_t>(options.port));
    state->acceptor.open(endpoint.protocol(), error);
    if (!error) state->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) state->acceptor.bind(endpoint, error);
    if (!error) state->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return fail(ErrorCode::kRefused,
                    fmt::format("cannot serve at port {} of '{}': {}", options.port,
                                options.address, error.message()));
    state->options = std::move(options);
    return Server(std::move(state));
}

int Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::run() {
    asio::co_spawn(state_->context, state_->accept(), asio::detached);
    state_->context.run();
}

void Server::stop() { state_->context.stop(); }

}  // namespace heliograph::serve
