// SPDX-License-Identifier: GPL-3.0-or-later
// A WARC file is read to its end or to a reason, and each of its answers is found again where it
// stood.
#include "source/warc.h"

#include <algorithm>

#include "base/utf8.h"
#include "fuzz/property.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    const auto from = [&](std::size_t offset) {
        return [rest = fuzz::as_text(data, size).substr(offset)](std::span<char> out) mutable {
            const std::size_t count = std::min(out.size(), rest.size());
            std::copy_n(rest.begin(), count, out.begin());
            rest.remove_prefix(count);
            return count;
        };
    };
    source::WarcReader reader(from(0), {});
    for (int answers = 0; answers < 100; ++answers) {
        const auto next = reader.next();
        if (!next) {
            fuzz::require(!next.error().message.empty(), "an error says why");
            return 0;
        }
        if (!*next) return 0;
        const source::WarcAnswer& answer = **next;
        fuzz::require(is_utf8(answer.url) && is_utf8(answer.location), "addresses are UTF-8");
        fuzz::require(answer.position.offset <= size, "an answer stands in the file");
        source::WarcReader again(from(answer.position.offset), answer.position);
        const auto found = again.next();
        fuzz::require(found && *found && (*found)->body == answer.body, "and is found again");
    }
    return 0;
}
