// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/update_server.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vips/vips.h>
#include <boost/asio.hpp>
#include <charconv>
#include <random>

namespace heliograph::bench {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr std::chrono::milliseconds kLatency{50};

// Made-up words, as many different ones as a language's newspapers use.
std::string prose(std::minstd_rand& random, int words) {
    std::string out;
    for (int i = 0; i < words; ++i) {
        std::minstd_rand word(1 + random() % 5000 * (random() % 5000) / 5000);
        word.discard(3);
        for (int syllables = 1 + static_cast<int>(word() % 4); syllables > 0; --syllables) {
            out += "bcdfghklmnprstvw"[word() % 16];
            out += "aeiou"[word() % 5];
        }
        out += (i + 1) % 14 == 0 ? ". " : " ";
    }
    return out;
}

// Soft forms with the grain of a photograph, wider than any picture cut out of it.
VipsImage* photograph() {
    VipsImage* waves = nullptr;
    VipsImage* noise = nullptr;
    VipsImage* sum = nullptr;
    VipsImage* bytes = nullptr;
    if (vips_perlin(&waves, 1400, 660, "cell_size", 120, "uchar", 1, nullptr) != 0 ||
        vips_gaussnoise(&noise, 1400, 660, "sigma", 6.0, "mean", 0.0, nullptr) != 0 ||
        vips_add(waves, noise, &sum, nullptr) != 0 ||
        vips_cast(sum, &bytes, VIPS_FORMAT_UCHAR, nullptr) != 0)
        std::abort();
    return vips_image_copy_memory(bytes);  // lives as long as the process
}

std::string jpeg(int number) {
    static VipsImage* const whole = photograph();
    VipsImage* part = nullptr;
    void* data = nullptr;
    std::size_t size = 0;
    if (vips_extract_area(whole, &part, number % 400, 0, 1000, 660, nullptr) != 0 ||
        vips_jpegsave_buffer(part, &data, &size, "Q", 80, nullptr) != 0)
        std::abort();
    std::string out(static_cast<const char*>(data), size);
    g_free(data);
    g_object_unref(part);
    return out;
}

int number_after(std::string_view text, std::string_view mark) {
    int out = 0;
    if (const auto at = text.find(mark); at != text.npos) {
        text.remove_prefix(at + mark.size());
        std::from_chars(text.data(), text.data() + text.size(), out);
    }
    return out;
}

std::string answer(std::string_view head) {
    const std::string_view target = head.substr(0, head.find("\r\n"));
    const auto wrap = [](std::string_view type, std::string_view body) {
        return fmt::format(
            "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nETag: \"1\"\r\nContent-Length: {}\r\n\r\n{}",
            type, body.size(), body);
    };
    if (head.find("If-None-Match") != head.npos)
        return "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n";
    const bool pictures = target.find("picture") != target.npos;
    if (target.find(" /f/") != target.npos) {
        const int first = number_after(target, "/f/");
        const int count = number_after(target, "-");
        std::string feed = "<rss version=\"2.0\"><channel><title>Bench</title>";
        for (int i = first; i < first + count; ++i)
            feed += fmt::format("<item><title>Story {0}</title><link>{1}{2}</link></item>", i,
                                page_path(i), pictures ? "?picture" : "");
        return wrap("application/rss+xml", feed + "</channel></rss>");
    }
    if (target.find(" /a/") != target.npos)
        return wrap("text/html; charset=utf-8", page(number_after(target, "/a/"), pictures));
    if (target.find(" /p/") != target.npos)
        return wrap("image/jpeg", jpeg(number_after(target, "/p/")));
    return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
}

asio::awaitable<void> serve(tcp::socket socket) {
    try {
        std::string buffer;
        asio::steady_timer timer(socket.get_executor());
        while (true) {
            const std::size_t size = co_await asio::async_read_until(
                socket, asio::dynamic_buffer(buffer), "\r\n\r\n", asio::use_awaitable);
            const std::string head = buffer.substr(0, size);
            buffer.erase(0, size);
            timer.expires_after(kLatency);
            co_await timer.async_wait(asio::use_awaitable);
            co_await asio::async_write(socket, asio::buffer(answer(head)), asio::use_awaitable);
        }
    } catch (const std::exception&) {
        // The other side is done.
    }
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor) {
    while (true) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
    }
}

}  // namespace

std::string feed_path(int first, int count, bool pictures) {
    return fmt::format("/f/{}-{}.xml{}", first, count, pictures ? "?picture" : "");
}

std::string page_path(int number) { return fmt::format("/a/{}.html", number); }

std::string page(int number, bool picture) {
    std::minstd_rand random(static_cast<unsigned>(number) + 1);
    const std::string title = fmt::format("Story {}: {}", number, prose(random, 6));
    std::string out = fmt::format(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0} | "
        "Bench</title><style>.a{{color:red}}</style></head><body><nav>",
        title);
    for (int i = 0; i < 20; ++i) out += fmt::format("<a href=\"/s/{0}\">Section {0}</a> ", i);
    out += fmt::format("</nav><main><article><h1>{}</h1>", title);
    if (picture)
        out += fmt::format("<figure><img src=\"/p/{}.jpg\" alt=\"A view\"></figure>", number);
    for (int i = 0; i < 8; ++i) out += "<p>" + prose(random, 70) + "</p>\n";
    return out + "</article></main><footer>All rights reserved</footer></body></html>";
}

UpdateServer::UpdateServer() {
    asio::io_context context;
    tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    port_ = acceptor.local_endpoint().port();
    context.notify_fork(asio::io_context::fork_prepare);
    process_ = ::fork();
    if (process_ != 0) {
        context.notify_fork(asio::io_context::fork_parent);
        return;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    context.notify_fork(asio::io_context::fork_child);
    VIPS_INIT("update_bench");
    vips_concurrency_set(1);
    asio::co_spawn(context, accept_all(acceptor), asio::detached);
    context.run();
    ::_exit(0);
}

UpdateServer::~UpdateServer() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
}

std::string UpdateServer::origin() const { return fmt::format("http://127.0.0.1:{}", port_); }

}  // namespace heliograph::bench
