// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/request.h"

#include <utility>

#include "html/url.h"

namespace heliograph::pipeline {

fetch::FetchRequest request_of(const Source& source, Url url) {
    fetch::FetchRequest out;
    out.url = std::move(url);
    out.proxy = source.proxy;
    out.user_agent = source.user_agent;
    out.ca_file = source.ca_file;
    // What was agreed with the publisher is no business of whoever serves its pictures, and where
    // its pages lead to on the operator's network is not the publisher's to say.
    if (const auto own = html::parse_url(source.url); own && html::same_site(*own, out.url)) {
        out.headers = source.headers;
        out.allow_private = source.allow_private;
    }
    // A file of the operator's own names addresses as the operator does.
    if (!source.path.empty()) out.allow_private = source.allow_private;
    return out;
}

}  // namespace heliograph::pipeline
