// SPDX-License-Identifier: GPL-3.0-or-later
// Makes text that was meant as XML into XML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace heliograph::source {

struct MendedXml {
    std::string text;  // from its root's start tag on; no comments, declarations or CDATA missing
    std::size_t tags = 0;
    std::size_t undefined_references = 0;  // read as HTML has them
    std::size_t lone_signs = 0;            // "&" and "<" that begin nothing
    std::size_t control_characters = 0;
    std::size_t unescaped_markup = 0;   // elements of RSS with HTML in them as it is
    std::size_t unclosed_elements = 0;  // ended where the element around them, or their item, ends
    std::size_t stray_tags = 0;         // end tags of nothing that is open, left out
    bool junk_before = false;
    bool cut_off = false;  // the root is never closed: what was begun and not ended is left out
};

// `text` is valid UTF-8. Never fails; what comes out may still not be well-formed. Takes time in
// proportion to the size of the text.
[[nodiscard]] MendedXml mend_xml(std::string_view text);

}  // namespace heliograph::source
