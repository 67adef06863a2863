// SPDX-License-Identifier: GPL-3.0-or-later
#include "lint/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::lint {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

const Exists kExists = [](const std::string& path) {
    return path == "index.html" || path == "a/b.html" || path == "media/x.webp" ||
           path == "a/caf\xc3\xa9.html";
};

std::vector<Finding> check_body(const std::string& body) {
    return check_file(
        {.path = "a/b.html",
         .bytes = "<!doctype html><meta http-equiv=\"Content-Security-Policy\" "
                  "content=\"default-src 'none'; img-src 'self'\"><meta name=referrer "
                  "content=no-referrer><title>t</title>" +
                  body},
        kExists);
}

TEST(Lint, FindsNothingInAPageThatKeepsTheContract) {
    EXPECT_THAT(check_body("<a href=\"../index.html\">home</a><a href=\"#x\">x</a>"
                           "<a href=\"caf%C3%A9.html?x#y\">c</a>"
                           "<img src=\"../media/x.webp\" alt=\"\"><img src=\"data:image/png,x\">"
                           "<a href=\"https://pub.example/1\">original</a>"
                           "<link rel=canonical href=\"https://mirror.example/a/b.html\">"
                           "<a href=\"mailto:a@b.example\">mail</a>"
                           "<script type=\"application/ld+json\">{}</script>"),
                IsEmpty());
}

TEST(Lint, FindsEachBreach) {
    const struct {
        const char* body;
        const char* finding;
    } cases[] = {
        {"<img src=\"https://x.example/1.gif\">", "asks another host"},
        {"<img src=\"//x.example/1.gif\">", "asks another host"},
        {"<img srcset=\"../media/x.webp 1x, https://x.example/2.webp 2x\">", "asks another host"},
        {"<video poster=\"http://x.example/p.jpg\"></video>", "asks another host"},
        {"<link rel=stylesheet href=\"https://x.example/s.css\">", "asks another host"},
        {"<link rel=preconnect href=\"https://x.example\">", "asks another host"},
        {"<script>1</script>", "inline script"},
        {"<script src=\"https://x.example/a.js\"></script>", "asks another host"},
        {"<iframe src=\"b.html\"></iframe>", "may not have"},
        {"<form action=\"/x\"></form>", "may not have"},
        {"<p onclick=\"x()\">a</p>", "handler 'onclick'"},
        {"<a href=\" javascript:x\">a</a>", "javascript:x"},
        {"<a href=\"gone.html\">a</a>", "'gone.html', which is not there"},
        {"<a href=\"../..\">a</a>", "leaves the mirror"},
        {"<a href=\"/index.html\">a</a>", "leaves the mirror"},
        {"<a href=\"../\">folder</a>", "which is not there"},
        {"<a href=\"https://pub.example/1?utm_source=x\">a</a>", "tracking parameters"},
        {"<style>p{background:url(https://x.example/p)}</style>", "asks for 'https://x.example/p'"},
        {"<style>@import 'x'</style>", "@import"},
        {"<p style=\"background:url('x.png')\">a</p>", "asks for 'x.png"},
        {"<meta http-equiv=refresh content=\"0; url=gone.html\">", "not there"},
    };
    for (const auto& c : cases) {
        EXPECT_THAT(check_body(c.body), Contains(Field(&Finding::what, HasSubstr(c.finding))))
            << c.body;
    }
}

TEST(Lint, MissesThePolicyAndTheReferrerRule) {
    const auto findings = check_file({.path = "index.html", .bytes = "<p>x"}, kExists);
    EXPECT_THAT(findings, Contains(Field(&Finding::what, HasSubstr("Content-Security-Policy"))));
    EXPECT_THAT(findings, Contains(Field(&Finding::what, HasSubstr("referrer"))));
}

TEST(Lint, FindsMetadataInAPicture) {
    const std::string head("RIFF\x1e\0\0\0WEBP", 12);
    const std::string image("VP8L\x01\0\0\0\x2f\0", 10);
    const std::string exif("EXIF\x02\0\0\0II", 10);
    EXPECT_THAT(check_file({.path = "media/x.webp", .bytes = head + image}, kExists), IsEmpty());
    EXPECT_THAT(check_file({.path = "media/x.webp", .bytes = head + image + exif}, kExists),
                Contains(Field(&Finding::what, HasSubstr("EXIF"))));
    EXPECT_THAT(check_file({.path = "media/x.webp", .bytes = "<html>"}, kExists),
                Contains(Field(&Finding::what, HasSubstr("no WebP"))));
}

}  // namespace
}  // namespace heliograph::lint
