// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/content_type.h"

#include <gtest/gtest.h>

namespace heliograph::fetch {
namespace {

TEST(ContentType, IsTakenApartHoweverItIsWritten) {
    const struct {
        std::string_view value;
        std::string_view media_type;
        std::string_view charset;
    } cases[] = {
        {"text/html", "text/html", ""},
        {"Text/HTML; Charset=GB2312", "text/html", "GB2312"},
        {"text/html;charset=\"utf-8\"", "text/html", "utf-8"},
        {"text/html; charset=\"ut\\f-8\"; x=y", "text/html", "utf-8"},
        {"text/html; boundary=\"a;charset=koi8-r\"; charset=utf-8", "text/html", "utf-8"},
        {"text/html; charset=big5; charset=utf-8", "text/html", "big5"},
        {"text/html ;; charset = utf-8 ;", "text/html", "utf-8"},
        {"text/html; charset", "text/html", ""},
        {"text/html; charset=", "text/html", ""},
        {"text/html; charset=\"utf-8", "text/html", "utf-8"},
        {"; charset=utf-8", "", "utf-8"},
        {"html", "", ""},
        {"", "", ""},
        {"text/\xFF; charset=\xFE", "", ""},
    };
    for (const auto& c : cases) {
        const ContentType type = parse_content_type(c.value);
        EXPECT_EQ(type.media_type, c.media_type) << c.value;
        EXPECT_EQ(type.charset, c.charset) << c.value;
    }
}

}  // namespace
}  // namespace heliograph::fetch
