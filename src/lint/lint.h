// SPDX-License-Identifier: GPL-3.0-or-later
// The reader-safety contract: what a finished file of a mirror must never do to its reader.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/file.h"

namespace heliograph::lint {

// One breach of the contract, in words: "asks 'https://x.example/a.js' for a script".
struct Finding {
    std::string path;  // of the file in the mirror
    std::string what;

    friend bool operator==(const Finding&, const Finding&) = default;
};

// Whether the mirror has a file at this path (as File::path).
using Exists = std::function<bool(const std::string& path)>;

// Judges one file by its name and bytes. HTML pages: no request to another host, no script but
// those that are files of the mirror, no frame, form or event handler, no tracking parameter in a
// link, a Content-Security-Policy that starts from 'none', no referrer, and every relative link
// leads to a file that exists. WebP pictures: no EXIF and no XMP. Other files have no findings.
// An empty answer means that nothing was found.
[[nodiscard]] std::vector<Finding> check_file(const File& file, const Exists& exists);

}  // namespace heliograph::lint
