// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever stands round a picture, its caption and credit are text in UTF-8, in one line and not
// longer than a caption, and reading them from their own text gives nothing longer.
#include "extract/caption.h"

#include "base/utf8.h"
#include "fuzz/property.h"
#include "html/dom.h"

namespace {

using namespace heliograph;

void check(const extract::Caption& caption) {
    for (const std::string& text : {caption.text, caption.credit}) {
        fuzz::require(is_utf8(text), "the words are UTF-8");
        fuzz::require(collapse_space(text) == text, "white space is collapsed");
    }
    fuzz::require(caption.text.size() <= extract::kMaxCaptionBytes, "a caption has a bound");
    fuzz::require(caption.credit.size() <= extract::kMaxCreditBytes, "a credit has a bound");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string page = to_valid_utf8(fuzz::as_text(data, size));
    static html::Document document;
    document.parse(page);
    const html::Node root = document.root();
    int pictures = 0;
    for (html::Node node = root.next_in(root); node && pictures < 20; node = node.next_in(root)) {
        if (!node.is_element() || node.tag() != LXB_TAG_IMG) continue;
        ++pictures;
        check(extract::caption_of(node, "The headline"));
    }
    // A page without pictures is read as a caption itself.
    if (pictures > 0 || page.size() > extract::kMaxCaptionBytes) return 0;
    const extract::Caption split = extract::split_credit(collapse_space(page));
    check(split);
    const extract::Caption again = extract::split_credit(split.text);
    fuzz::require(again.text.size() <= split.text.size(), "a caption does not grow");
    return 0;
}
