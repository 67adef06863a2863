// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/request.h"

#include <utility>

namespace heliograph::pipeline {

fetch::FetchRequest request_of(const Source& source, Url url) {
    fetch::FetchRequest out;
    out.url = std::move(url);
    out.proxy = source.proxy;
    out.allow_private = source.allow_private;
    return out;
}

}  // namespace heliograph::pipeline
