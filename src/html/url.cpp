// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/url.h"

#include <lexbor/url/url.h>
#include <libpsl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

#include "base/handle.h"
#include "base/utf8.h"

namespace heliograph::html {
namespace {

// Browsers and servers give up between 8 KB and 64 KB; a longer address is data, not a place.
constexpr std::size_t kMaxUrlBytes = 16 * 1024;

// lexbor's parser with the arena that all its URLs live in.
class Parser {
  public:
    Parser() : parser_(lxb_url_parser_create()) {
        if (parser_ == nullptr || lxb_url_parser_init(parser_, nullptr) != LXB_STATUS_OK)
            throw std::bad_alloc();
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    ~Parser() {
        lxb_url_parser_memory_destroy(parser_);
        lxb_url_parser_destroy(parser_, true);
    }

    // Lives until clean().
    lxb_url_t* parse(std::string_view text, const lxb_url_t* base) {
        lxb_url_parser_clean(parser_);
        return lxb_url_parse(parser_, base, reinterpret_cast<const lxb_char_t*>(text.data()),
                             text.size());
    }
    void clean() { lexbor_mraw_clean(parser_->mraw); }

  private:
    lxb_url_parser_t* parser_;
};

lxb_status_t append(const lxb_char_t* data, std::size_t length, void* out) noexcept {
    try {
        static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
        return LXB_STATUS_OK;
    } catch (...) {
        return LXB_STATUS_ERROR_MEMORY_ALLOCATION;
    }
}

void check(lxb_status_t status) {
    if (status != LXB_STATUS_OK) throw std::bad_alloc();
}

Url to_url(const lxb_url_t& parsed) {
    Url url;
    check(lxb_url_serialize(&parsed, append, &url.href, true));
    check(lxb_url_serialize_scheme(&parsed, append, &url.scheme));
    check(lxb_url_serialize_host(&parsed.host, append, &url.host));
    check(lxb_url_serialize_path(&parsed.path, append, &url.path));
    if (parsed.query.length != 0) check(lxb_url_serialize_query(&parsed, append, &url.query));
    const std::uint16_t standard = url.scheme == "https" ? 443 : 80;
    url.port = parsed.has_port ? parsed.port : standard;
    return url;
}

// Parameters that only tell the publisher, or who serves its advertisements, where a reader came
// from. Each was seen in links that lead to the same page without it.
constexpr auto kTrackingNames = std::to_array<std::string_view>({
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "cmpid",
    "dclid",
    "dicbo",
    "ef_id",
    "epik",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "ftag",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "s_cid",
    "s_kwcid",
    "share_source",
    "smid",
    "soc_src",
    "soc_trk",
    "spm",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "xtor",
    "yclid",
    "ysclid",
});
static_assert(std::ranges::is_sorted(kTrackingNames));

constexpr auto kTrackingPrefixes = std::to_array<std::string_view>({
    "at_campaign",
    "hsa_",
    "itm_",
    "mtm_",
    "piwik_",
    "pk_",
    "utm_",
});

bool is_tracking(std::string_view parameter) {
    const std::string name = ascii_lower(parameter.substr(0, parameter.find('=')));
    return std::ranges::binary_search(kTrackingNames, std::string_view(name)) ||
           std::ranges::any_of(kTrackingPrefixes, [&](std::string_view prefix) {
               return std::string_view(name).starts_with(prefix);
           });
}

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool is_letter_or_digit(char c) {
    return is_hex(c) || (c >= 'G' && c <= 'Z') || (c >= 'g' && c <= 'z');
}

// A "%" that begins no code: lexbor leaps over the two characters behind it, so the "?" of
// "100%?id=1" would belong to the path and others would not be encoded. WHATWG keeps such a "%";
// written "%25" servers read it as the same.
bool is_stray_percent(std::string_view text, std::size_t at) {
    const std::string_view code = text.substr(at + 1, 2);
    return (code.size() < 2 || !is_hex(code[0]) || !is_hex(code[1])) &&
           !std::ranges::all_of(code, is_letter_or_digit);
}

std::string encode_stray_percents(std::string_view text) {
    std::string shown(text);  // without what WHATWG takes out first (URL, section 4.4, step 3)
    std::erase_if(shown, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
    std::string out;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        out += shown[i];
        if (shown[i] == '%' && is_stray_percent(shown, i)) out += "25";
    }
    return out;
}

// Points into host; empty for numeric hosts, names without a dot, and public suffixes themselves.
std::string_view registrable_domain(const std::string& host) {
    // A host whose last label is a number is an IPv4 address (WHATWG URL, section 3.5).
    const char last = host.empty() ? '\0' : host.back();
    if (host.starts_with('[') || (last >= '0' && last <= '9')) return {};
    if (host.find('.') == std::string::npos) return {};
    const char* domain = psl_registrable_domain(psl_builtin(), host.c_str());
    return domain == nullptr ? std::string_view{} : std::string_view(domain);
}

}  // namespace

std::optional<Url> parse_url(std::string_view text, const Url* base) {
    if (text.size() > kMaxUrlBytes) return std::nullopt;
    std::string mended;
    if (!is_utf8(text)) {
        mended = to_valid_utf8(text);
        text = mended;
    }
    if (text.find('%') != std::string_view::npos) {
        mended = encode_stray_percents(text);
        text = mended;
    }
    // One a thread: making a parser costs more than using it, and pages have hundreds of links.
    thread_local Parser parser;
    parser.clean();
    const lxb_url_t* parsed_base = nullptr;
    if (base != nullptr && !base->href.empty()) {
        parsed_base = parser.parse(base->href, nullptr);
        if (parsed_base == nullptr) return std::nullopt;
    }
    const lxb_url_t* parsed = parser.parse(text, parsed_base);
    if (parsed == nullptr) return std::nullopt;
    if (parsed->scheme.type != LXB_URL_SCHEMEL_TYPE_HTTP &&
        parsed->scheme.type != LXB_URL_SCHEMEL_TYPE_HTTPS)
        return std::nullopt;
    return to_url(*parsed);
}

bool same_site(const Url& a, const Url& b) {
    const std::string_view domain_a = registrable_domain(a.host);
    const std::string_view domain_b = registrable_domain(b.host);
    if (domain_a.empty() || domain_b.empty()) return a.host == b.host && a.port == b.port;
    return domain_a == domain_b;
}

Url canonical_form(const Url& url) {
    std::string query;
    for (std::size_t begin = 0; begin < url.query.size();) {
        const std::size_t end = std::min(url.query.find('&', begin), url.query.size());
        const std::string_view parameter = std::string_view(url.query).substr(begin, end - begin);
        if (!parameter.empty() && !is_tracking(parameter)) {
            if (!query.empty()) query += '&';
            query += parameter;
        }
        begin = end + 1;
    }
    Url out = url;
    out.query = query;
    // The fragment is off already, so the first "?" begins the query.
    out.href.resize(std::min(url.href.find('?'), url.href.size()));
    if (!query.empty()) out.href += "?" + query;
    return out;
}

std::string identity_key(const Url& url) {
    const Url plain = canonical_form(url);
    std::string_view host = plain.host;
    for (const std::string_view label : {"www.", "m.", "mobile.", "amp.", "touch.", "wap."}) {
        // "m.example" itself is somebody's domain.
        if (host.starts_with(label) && host.find('.', label.size()) != std::string_view::npos) {
            host.remove_prefix(label.size());
            break;
        }
    }
    std::string_view path = plain.path;
    const auto drop_end = [&](std::string_view end) {
        if (path.size() <= end.size() + 1 || !path.ends_with(end)) return false;
        path.remove_suffix(end.size());
        return true;
    };
    drop_end("/");
    std::string page;
    if (drop_end(".amp.html") || drop_end("_amp.html") || drop_end(".print.html")) {
        page = std::string(path) + ".html";
    } else {
        // Behind a path only: "/amp" alone may be a section about electricity.
        if (std::ranges::count(path, '/') > 1 && !drop_end("/amp")) drop_end("/print");
        drop_end(".amp");
        page = path;
    }
    for (const std::string_view begin : {"/amp/", "/print/"}) {
        if (page.starts_with(begin) && page.find('/', begin.size()) != std::string::npos) {
            page.erase(0, begin.size() - 1);
            break;
        }
    }
    std::string query;
    for (std::size_t begin = 0; begin < plain.query.size();) {
        const std::size_t end = std::min(plain.query.find('&', begin), plain.query.size());
        const std::string parameter = plain.query.substr(begin, end - begin);
        const std::string name = ascii_lower(parameter.substr(0, parameter.find('=')));
        const bool is_variant = name == "amp" || name == "print" || name == "printable" ||
                                name == "m" || ascii_lower(parameter) == "outputtype=amp" ||
                                ascii_lower(parameter) == "view=print";
        if (!is_variant) query += (query.empty() ? "?" : "&") + parameter;
        begin = end + 1;
    }
    const bool is_standard = plain.port == (plain.scheme == "https" ? 443 : 80);
    std::string out(host);
    if (!is_standard) out += ":" + std::to_string(plain.port);
    return out + page + query;
}

}  // namespace heliograph::html
