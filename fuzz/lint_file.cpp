// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a file of somebody else's mirror holds, each finding names the file and says something,
// and the same file is judged alike each time. The first byte says what the file's name ends in.
#include "lint/lint.h"

#include "fuzz/property.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    const std::string_view input = fuzz::as_text(data, size);
    if (input.empty()) return 0;
    const File file{.path = input.front() == 'w' ? "a.webp" : "a.html",
                    .bytes = std::string(input.substr(1))};
    const auto exists = [](const std::string& path) { return path.size() % 2 == 0; };
    const auto findings = lint::check_file(file, exists);
    for (const lint::Finding& finding : findings) {
        fuzz::require(finding.path == file.path, "a finding names the file");
        fuzz::require(!finding.what.empty(), "a finding says what it is");
    }
    fuzz::require(lint::check_file(file, exists) == findings, "a file is judged alike each time");
    return 0;
}
