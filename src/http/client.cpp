// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <optional>

#include "base/handle.h"
#include "base/system_error.h"
#include "base/utf8.h"
#include "http/content_decoder.h"
#include "http/local_address.h"

namespace heliograph::http {
namespace {

constexpr const char* kLocalAddress =
    "its host has a local address, which only allow_private = true for that site opens";

constexpr const char* kLinkLocalAddress =
    "its host has a link-local address, which is never asked: clouds keep credentials there";

using Easy = Handle<CURL, curl_easy_cleanup>;
using Multi = Handle<CURLM, curl_multi_cleanup>;
using HeaderList = Handle<curl_slist, curl_slist_free_all>;
using File = Handle<std::FILE, std::fclose>;

// libcurl's read buffer.
constexpr long kReadBufferBytes = 16384;
// Idle connections kept open between requests; a run talks to some tens of hosts.
constexpr long kMaxIdleConnections = 64;

constexpr std::chrono::milliseconds kLookAfter{100};

template <typename T>
void set(CURL* easy, CURLoption option, T value) {
    const CURLcode code = curl_easy_setopt(easy, option, value);
    if (code != CURLE_OK)
        throw SystemError(fmt::format("cannot set option {} of libcurl: {}",
                                      static_cast<int>(option), curl_easy_strerror(code)));
}

void check(CURLMcode code) {
    if (code != CURLM_OK)
        throw SystemError(fmt::format("libcurl failed: {}", curl_multi_strerror(code)));
}

// Numeric; empty for another family than IPv4 and IPv6: a socket of this machine.
std::string numeric(const sockaddr& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    } else if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    }
    return text.data();
}

// Why `host`, an address or a name, may not be asked; null when it may.
const char* refusal_of(std::string_view host, LocalAddresses local) {
    if (is_link_local_address(host)) return kLinkLocalAddress;
    if (local == LocalAddresses::kRefuse && (host.empty() || is_local_name(host)))
        return kLocalAddress;
    return nullptr;
}

bool safe_header_text(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos;
}

// "32 s", "250 ms".
std::string in_words(std::chrono::milliseconds time) {
    if (time.count() % 1000 == 0) return fmt::format("{} s", time.count() / 1000);
    return fmt::format("{} ms", time.count());
}

// One request under way. Lives where it is: libcurl holds pointers to it.
struct Transfer {
    Request request;
    Client::Done done;
    HeaderList headers;
    File body_file;  // of a FileRange
    std::uint64_t body_size = 0;
    std::uint64_t body_sent = 0;
    Response response;
    std::optional<Error> problem;  // why a callback ended it; `message` is only the cause
    std::size_t header_bytes = 0;
    int resends_left = 0;
    bool body_began = false;
    using Time = std::chrono::steady_clock::time_point;
    std::optional<Time> asked;                // the request went out
    std::optional<Time> last_byte;            // of the answer
    std::size_t* buffered = nullptr;          // bytes of all bodies under way
    std::unique_ptr<ContentDecoder> decoder;  // from the first byte of the body on
    std::size_t coded_bytes = 0;              // of the body, as they came
    std::array<char, CURL_ERROR_SIZE> curl_says{};
    Easy easy;

    void got_bytes() { last_byte = std::chrono::steady_clock::now(); }
    // Sets the problem when the other side has been silent for too long.
    [[nodiscard]] bool is_overdue(Time now);
    // Why no packet may go to this address; null when it may. The proxy's own is the operator's.
    [[nodiscard]] const char* refusal(std::string_view address) const {
        return request.proxy.empty() ? refusal_of(address, request.local_addresses) : nullptr;
    }
    void stop(ErrorCode code, std::string cause) {
        if (!problem) problem = Error{code, std::move(cause)};
    }
};

bool Transfer::is_overdue(Time now) {
    if (!asked) return false;  // libcurl watches over the connection
    if (!last_byte && now - *asked > request.first_byte_timeout) {
        stop(ErrorCode::kTimedOut,
             "no answer began within " + in_words(request.first_byte_timeout));
    } else if (last_byte && now - *last_byte > request.stall_timeout) {
        stop(ErrorCode::kTimedOut, "nothing came for " + in_words(request.stall_timeout));
    } else {
        return false;
    }
    return true;
}

// The callbacks run inside libcurl, which is C: nothing may be thrown through it.

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* user) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::size_t length = size * count;
    try {
        transfer.header_bytes += length;
        transfer.got_bytes();
        if (transfer.header_bytes > kMaxHeaderBytes) {
            transfer.stop(ErrorCode::kLimit,
                          fmt::format("headers larger than {} bytes", kMaxHeaderBytes));
            return 0;
        }
        if (transfer.body_began) return length;  // a trailer: nothing of ours may depend on it
        // Inside of a line neither is allowed, and both are to be read as a space (RFC 9110 section
        // 5.5).
        std::string text(bytes, length);
        while (text.ends_with('\r') || text.ends_with('\n')) text.pop_back();
        std::ranges::replace_if(
            text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
        const std::string_view line(text);
        if (line.starts_with("HTTP/")) {  // again after an interim answer (1xx)
            transfer.response.headers.clear();
            return length;
        }
        const auto colon = line.find(':');
        if (colon == line.npos || colon == 0) return length;
        std::string_view value = line.substr(colon + 1);
        const auto first = value.find_first_not_of(" \t");
        value = first == value.npos
                    ? std::string_view{}
                    : value.substr(first, value.find_last_not_of(" \t") - first + 1);
        transfer.response.headers.emplace_back(ascii_lower(line.substr(0, colon)), value);
        return length;
    } catch (...) {
        return 0;
    }
}

// Appends decoded bytes to the body. False when a limit ends the transfer.
bool take_plain(Transfer& transfer, std::string_view bytes) {
    const std::size_t limit = transfer.request.max_body_bytes;
    std::string& body = transfer.response.body;
    if (bytes.size() > limit - body.size()) {
        if (transfer.request.large_body == LargeBody::kCut) {
            body.append(bytes.substr(0, limit - body.size()));
            transfer.response.cut = true;
        } else {
            transfer.stop(ErrorCode::kLimit, fmt::format("body larger than {} bytes", limit));
        }
        return false;
    }
    if (body.size() > kMinRatioBytes && *transfer.buffered + bytes.size() > kMaxBufferedBytes) {
        transfer.stop(ErrorCode::kLimit, "too many large bodies at once");
        return false;
    }
    body.append(bytes);
    *transfer.buffered += bytes.size();
    if (body.size() > kMinRatioBytes &&
        body.size() / kMaxDecompressionRatio > transfer.coded_bytes) {
        transfer.stop(ErrorCode::kLimit,
                      fmt::format("body decompresses to more than {} times its size",
                                  kMaxDecompressionRatio));
        return false;
    }
    return true;
}

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* user) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::size_t length = size * count;
    try {
        transfer.body_began = true;
        transfer.got_bytes();
        transfer.coded_bytes += length;
        if (!transfer.decoder) {
            std::string codings;
            for (const auto& [name, value] : transfer.response.headers)
                if (name == "content-encoding") codings += "," + value;
            transfer.decoder = std::make_unique<ContentDecoder>(codings);
            if (!transfer.decoder->is_known()) {
                transfer.stop(ErrorCode::kMalformed,
                              fmt::format("its content coding '{}' is not known",
                                          to_valid_utf8(codings.substr(1))));
                return 0;
            }
        }
        const bool is_good = transfer.decoder->add(
            {bytes, length}, [&](std::string_view piece) { return take_plain(transfer, piece); });
        if (is_good) return length;
        if (!transfer.response.cut)
            transfer.stop(ErrorCode::kMalformed, "its compressed bytes are damaged");
        return 0;
    } catch (...) {
        return 0;
    }
}

// Gives libcurl the next bytes of our own body.
std::size_t on_send(char* buffer, std::size_t size, std::size_t count, void* user) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    try {
        const auto wanted = static_cast<std::size_t>(
            std::min<std::uint64_t>(size * count, transfer.body_size - transfer.body_sent));
        if (wanted == 0) return 0;
        if (transfer.body_file) {
            if (std::fread(buffer, 1, wanted, transfer.body_file.get()) != wanted) {
                transfer.stop(ErrorCode::kMalformed,
                              "the file became shorter while it was being sent");
                return CURL_READFUNC_ABORT;
            }
        } else {
            std::memcpy(buffer,
                        std::get<std::string>(transfer.request.body).data() + transfer.body_sent,
                        wanted);
        }
        transfer.body_sent += wanted;
        return wanted;
    } catch (...) {
        return CURL_READFUNC_ABORT;
    }
}

// Libcurl begins the body anew on another connection.
int on_rewind(void* user, curl_off_t offset, int origin) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_CANTSEEK;
    const auto* range = std::get_if<FileRange>(&transfer.request.body);
    if (range != nullptr && ::fseeko(transfer.body_file.get(),
                                     static_cast<off_t>(range->offset) + offset, SEEK_SET) != 0)
        return CURL_SEEKFUNC_FAIL;
    transfer.body_sent = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

// The guard before a connection: no packet goes to a local address.
curl_socket_t on_open_socket(void* user, curlsocktype /*purpose*/,
                             curl_sockaddr* address) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    try {
        if (const char* why = transfer.refusal(numeric(address->addr))) {
            transfer.stop(ErrorCode::kLocal, why);
            return CURL_SOCKET_BAD;
        }
        // Another address of the same host may be public; only that one then counts.
        return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    } catch (...) {
        return CURL_SOCKET_BAD;
    }
}

// The guard before a request: its connection may be an old one, opened for a request that was
// allowed to go there.
int on_before_request(void* user, char* primary_ip, char* /*local_ip*/, int /*primary_port*/,
                      int /*local_port*/) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    try {
        if (const char* why = transfer.refusal(primary_ip)) {
            transfer.stop(ErrorCode::kLocal, why);
            return CURL_PREREQFUNC_ABORT;
        }
        transfer.problem.reset();  // connected after all, to an address that may be asked
        transfer.response.is_local = transfer.request.proxy.empty()
                                         ? is_local_address(primary_ip)
                                         : is_local_name(transfer.request.url.host);
        transfer.asked = std::chrono::steady_clock::now();
        return CURL_PREREQFUNC_OK;
    } catch (...) {
        return CURL_PREREQFUNC_ABORT;
    }
}

bool is_known_proxy(std::string_view proxy) {
    return starts_with_ignoring_ascii_case(proxy, "http://") ||
           starts_with_ignoring_ascii_case(proxy, "socks5h://");
}

void open_body(Transfer& transfer) {
    if (const auto* range = std::get_if<FileRange>(&transfer.request.body)) {
        transfer.body_size = range->size;
        transfer.body_file.reset(std::fopen(range->path.c_str(), "rbe"));
        if (!transfer.body_file ||
            ::fseeko(transfer.body_file.get(), static_cast<off_t>(range->offset), SEEK_SET) != 0)
            throw system_error("cannot read", range->path.string(), errno);
    } else {
        transfer.body_size = std::get<std::string>(transfer.request.body).size();
    }
}

void set_method(Transfer& transfer) {
    CURL* easy = transfer.easy.get();
    switch (transfer.request.method) {
        case Method::kGet:
            return;
        case Method::kHead:
            set(easy, CURLOPT_NOBODY, 1L);
            return;
        case Method::kDelete:
            set(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
            return;
        case Method::kPut:
        case Method::kPost:
            break;
    }
    open_body(transfer);
    set(easy, CURLOPT_UPLOAD, 1L);
    // Libcurl asks servers for "100 Continue" before large bodies; many never say it.
    set(easy, CURLOPT_EXPECT_100_TIMEOUT_MS, 1L);
    if (transfer.request.method == Method::kPost) set(easy, CURLOPT_CUSTOMREQUEST, "POST");
    set(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(transfer.body_size));
    set(easy, CURLOPT_READFUNCTION, on_send);
    set(easy, CURLOPT_READDATA, &transfer);
    set(easy, CURLOPT_SEEKFUNCTION, on_rewind);
    set(easy, CURLOPT_SEEKDATA, &transfer);
}

void set_signature(CURL* easy, const AwsSignature& signature) {
    set(easy, CURLOPT_AWS_SIGV4,
        fmt::format("aws:amz:{}:{}", signature.region, signature.service).c_str());
    set(easy, CURLOPT_USERNAME, signature.access_key.c_str());
    set(easy, CURLOPT_PASSWORD, signature.secret_key.c_str());
}

void add_header(Transfer& transfer, const std::string& line) {
    // libcurl gives the list back when it has grown, and null when it could not.
    curl_slist* grown = curl_slist_append(transfer.headers.get(), line.c_str());
    if (grown == nullptr) throw SystemError("cannot keep request headers: out of memory");
    static_cast<void>(transfer.headers.release());
    transfer.headers.reset(grown);
}

void prepare(Transfer& transfer) {
    const Request& request = transfer.request;
    CURL* easy = transfer.easy.get();
    set(easy, CURLOPT_ERRORBUFFER, transfer.curl_says.data());
    set(easy, CURLOPT_PRIVATE, &transfer);
    set(easy, CURLOPT_URL, request.url.href.c_str());
    set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    // Sends the field only; on_body decodes.
    set(easy, CURLOPT_ACCEPT_ENCODING, kAcceptedEncodings);
    set(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    set(easy, CURLOPT_NOSIGNAL, 1L);
    // Empty texts, not null ones: those would let the environment decide.
    set(easy, CURLOPT_PROXY, request.proxy.c_str());
    set(easy, CURLOPT_NOPROXY, "");
    set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(easy, CURLOPT_BUFFERSIZE, kReadBufferBytes);
    set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
    set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    // Beside the folder of the system's certificates, which stays.
    if (!request.ca_file.empty()) set(easy, CURLOPT_CAINFO, request.ca_file.c_str());
    // A second request to a host waits for the first one's connection to show whether both can
    // share it (HTTP/2); without TLS they cannot.
    set(easy, CURLOPT_PIPEWAIT, request.url.scheme == "https" ? 1L : 0L);
    // What the length says already; what it hides is counted in on_body.
    if (request.large_body == LargeBody::kFail)
        set(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.max_body_bytes));
    set(easy, CURLOPT_HEADERFUNCTION, on_header);
    set(easy, CURLOPT_HEADERDATA, &transfer);
    set(easy, CURLOPT_WRITEFUNCTION, on_body);
    set(easy, CURLOPT_WRITEDATA, &transfer);
    set(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    set(easy, CURLOPT_OPENSOCKETDATA, &transfer);
    set(easy, CURLOPT_PREREQFUNCTION, on_before_request);
    set(easy, CURLOPT_PREREQDATA, &transfer);
    if (!request.user_agent.empty() && safe_header_text(request.user_agent))
        set(easy, CURLOPT_USERAGENT, request.user_agent.c_str());
    for (const auto& [name, value] : request.headers) {
        if (!safe_header_text(name) || !safe_header_text(value)) continue;
        add_header(transfer, fmt::format("{}: {}", name, value));
    }
    set_method(transfer);
    if (request.signature) set_signature(easy, *request.signature);
    if (transfer.headers) set(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
}

ErrorCode code_for(CURLcode code) {
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return ErrorCode::kTimedOut;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR:
            return ErrorCode::kRefused;
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9, which is any bytes at all
        case CURLE_URL_MALFORMAT:
            return ErrorCode::kMalformed;
        case CURLE_FILESIZE_EXCEEDED:
            return ErrorCode::kLimit;
        default:
            return ErrorCode::kUnreachable;
    }
}

std::string timeout_in_words(const Transfer& transfer) {
    const Request& request = transfer.request;
    curl_off_t microseconds = 0;
    curl_easy_getinfo(transfer.easy.get(), CURLINFO_TOTAL_TIME_T, &microseconds);
    const auto taken = std::chrono::microseconds{microseconds};
    curl_easy_getinfo(transfer.easy.get(), CURLINFO_CONNECT_TIME_T, &microseconds);
    if (microseconds == 0 && taken < request.timeout)
        return "no connection within " + in_words(request.connect_timeout);
    return "not complete within " + in_words(request.timeout);
}

// Returns libcurl's own description of the failure. Its wording differs between versions.
std::string libcurl_description(const Transfer& transfer, CURLcode code) {
    std::string text =
        transfer.curl_says[0] != '\0' ? transfer.curl_says.data() : curl_easy_strerror(code);
    // libcurl's sentences begin with a capital. Names like "SSL" stay as they are.
    if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a')
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    while (text.ends_with('.') || text.ends_with('\n')) text.pop_back();
    return text;
}

// Returns why a transfer ended with `code`. The message does not contain the address.
Error cause_of(const Transfer& transfer, CURLcode code) {
    if (transfer.problem) return *transfer.problem;
    std::string cause;
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            cause = timeout_in_words(transfer);
            break;
        case CURLE_FILESIZE_EXCEEDED:
            cause = fmt::format("body larger than {} bytes", transfer.request.max_body_bytes);
            break;
        case CURLE_GOT_NOTHING:
            cause = "the server closed the connection without an answer";
            break;
        case CURLE_PARTIAL_FILE:
            cause = "the connection broke off before the end of the body";
            break;
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
            cause = "the answer is not valid HTTP: " + libcurl_description(transfer, code);
            break;
        default:
            cause = libcurl_description(transfer, code);
    }
    return {code_for(code), to_valid_utf8(cause)};
}

bool broke_off_unanswered(const Transfer& transfer, CURLcode code) {
    return transfer.header_bytes == 0 && !transfer.problem &&
           (code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR ||
            code == CURLE_HTTP2 || code == CURLE_HTTP2_STREAM);
}

}  // namespace

void start() {
    if (const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT); code != CURLE_OK)
        throw SystemError(fmt::format("cannot start libcurl: {}", curl_easy_strerror(code)));
    // Every transfer is told NOSIGNAL, so libcurl leaves this to us.
    std::signal(SIGPIPE, SIG_IGN);
}

std::string_view Response::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, [](const auto& h) { return h.first; });
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

struct Client::State {
    // Declared before the transfers: an easy handle must leave before its multi handle goes.
    Multi multi{curl_multi_init()};
    std::map<CURL*, std::unique_ptr<Transfer>> transfers;
    std::size_t buffered = 0;  // see Transfer
    Transfer::Time next_look{};
    struct Finished {
        Done done;
        Result<Response> result;
    };
    std::vector<Finished> finished;

    ~State() {
        for (const auto& [easy, transfer] : transfers) curl_multi_remove_handle(multi.get(), easy);
    }

    void begin(std::unique_ptr<Transfer> transfer) {
        transfer->easy.reset(curl_easy_init());
        if (!transfer->easy) throw SystemError("cannot make a libcurl handle");
        transfer->buffered = &buffered;
        prepare(*transfer);
        CURL* easy = transfer->easy.get();
        check(curl_multi_add_handle(multi.get(), easy));
        transfers.emplace(easy, std::move(transfer));
    }

    void refuse(const Request& request, Done done, ErrorCode code, std::string_view cause) {
        finished.push_back({std::move(done), fail(code, fmt::format("cannot fetch '{}': {}",
                                                                    request.url.href, cause))});
    }

    void end(CURL* easy, CURLcode code) {
        const auto found = transfers.find(easy);
        std::unique_ptr<Transfer> transfer = std::move(found->second);
        transfers.erase(found);
        buffered -= transfer->response.body.size();
        check(curl_multi_remove_handle(multi.get(), easy));
        // The length may be right and the compressed bytes end early all the same: the part that
        // came would be taken for a short article.
        if (code == CURLE_OK && transfer->decoder && !transfer->decoder->is_whole()) {
            transfer->stop(ErrorCode::kMalformed, "its compressed bytes end too early");
            code = CURLE_BAD_CONTENT_ENCODING;
        }
        if (code == CURLE_OK || transfer->response.cut) {
            long status = 0;
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            transfer->response.status = static_cast<int>(status);
            finished.push_back({std::move(transfer->done), std::move(transfer->response)});
            return;
        }
        if (transfer->resends_left > 0 && broke_off_unanswered(*transfer, code)) {
            auto again = std::make_unique<Transfer>();
            again->request = std::move(transfer->request);
            again->done = std::move(transfer->done);
            again->resends_left = transfer->resends_left - 1;
            begin(std::move(again));
            return;
        }
        const Error cause = cause_of(*transfer, code);
        refuse(transfer->request, std::move(transfer->done), cause.code, cause.message);
    }

    // Ends what has been silent for too long. Looks now and then: seconds are meant to be kept, not
    // milliseconds.
    void end_overdue() {
        const auto now = std::chrono::steady_clock::now();
        if (now < next_look) return;
        next_look = now + kLookAfter;
        std::vector<CURL*> overdue;
        for (const auto& [easy, transfer] : transfers)
            if (transfer->is_overdue(now)) overdue.push_back(easy);
        for (CURL* easy : overdue) end(easy, CURLE_OPERATION_TIMEDOUT);
    }

    void collect() {
        int left = 0;
        while (CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
            if (message->msg == CURLMSG_DONE) end(message->easy_handle, message->data.result);
        }
    }
};

Client::Client() : state_(std::make_unique<State>()) {
    if (!state_->multi) throw SystemError("cannot make a libcurl multi handle");
    check(curl_multi_setopt(state_->multi.get(), CURLMOPT_MAXCONNECTS, kMaxIdleConnections));
}

Client::~Client() = default;

void Client::submit(Request request, Done done) {
    if (!request.proxy.empty()) {
        // The proxy itself may hold a password: it is not shown.
        if (!is_known_proxy(request.proxy)) {
            state_->refuse(request, std::move(done), ErrorCode::kConfig,
                           "its proxy begins with neither 'http://' nor 'socks5h://'");
            return;
        }
        if (const char* why = refusal_of(request.url.host, request.local_addresses)) {
            state_->refuse(request, std::move(done), ErrorCode::kLocal, why);
            return;
        }
    }
    auto transfer = std::make_unique<Transfer>();
    transfer->resends_left = request.resends;
    transfer->request = std::move(request);
    transfer->done = std::move(done);
    state_->begin(std::move(transfer));
}

std::size_t Client::run(std::chrono::milliseconds wait) {
    const auto deadline = std::chrono::steady_clock::now() + wait;
    while (true) {
        int running = 0;
        check(curl_multi_perform(state_->multi.get(), &running));
        state_->collect();
        state_->end_overdue();
        if (!state_->finished.empty() || state_->transfers.empty()) break;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) break;
        // libcurl wakes earlier for its own timers.
        check(curl_multi_poll(state_->multi.get(), nullptr, 0,
                              static_cast<int>(std::min(left, kLookAfter).count()), nullptr));
    }
    // What a callback submits, and what follows it if it throws, stays for the next call.
    std::vector<State::Finished> finished;
    finished.swap(state_->finished);
    for (std::size_t i = 0; i < finished.size(); ++i) {
        try {
            finished[i].done(std::move(finished[i].result));
        } catch (...) {
            std::move(finished.begin() + static_cast<std::ptrdiff_t>(i) + 1, finished.end(),
                      std::back_inserter(state_->finished));
            throw;
        }
    }
    return active();
}

void Client::wait(std::chrono::milliseconds wait) {
    check(
        curl_multi_poll(state_->multi.get(), nullptr, 0, static_cast<int>(wait.count()), nullptr));
}

std::size_t Client::active() const { return state_->transfers.size() + state_->finished.size(); }

}  // namespace heliograph::http
