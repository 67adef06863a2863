// SPDX-License-Identifier: GPL-3.0-or-later
// Golden pages: each folder of tests/data/extract with a source.html is a test.
// HELIOGRAPH_UPDATE_GOLDEN=1 rewrites what is expected; the difference is reviewed like code.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/file.h"
#include "extract/extract.h"
#include "html/url.h"

namespace heliograph::extract {
namespace {

std::vector<std::string> cases() {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(HELIOGRAPH_TEST_DATA "/extract"))
        if (std::filesystem::exists(entry.path() / "source.html"))
            out.push_back(entry.path().filename().string());
    std::ranges::sort(out);
    return out;
}

// The fields of an article that readers see, or the reason of the refusal.
std::string fields_of(const Extraction& extraction) {
    nlohmann::ordered_json out;
    if (const auto* refusal = std::get_if<Refusal>(&extraction)) {
        out["refusal"] = refusal->reason;
        return out.dump(2) + "\n";
    }
    const auto& article = std::get<Article>(extraction);
    out["title"] = article.title;
    out["authors"] = article.authors;
    out["published"] = article.published ? format_rfc3339(*article.published) : "";
    out["language"] = article.language;
    out["standfirst"] = article.standfirst;
    if (article.lead_image) {
        out["lead_image"]["url"] = article.lead_image->url;
        out["lead_image"]["caption"] = article.lead_image->caption;
    }
    return out.dump(2) + "\n";
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, PageIsReadAsExpected) {
    const std::filesystem::path folder =
        std::filesystem::path(HELIOGRAPH_TEST_DATA "/extract") / GetParam();
    const std::string source = read_file(folder / "source.html");
    const Extraction extraction =
        extract_article({.bytes = source,
                         .url = html::parse_url("https://daily.example/news/1").value(),
                         .transport_charset = {}});
    const auto* article = std::get_if<Article>(&extraction);
    const std::string body = article == nullptr ? std::string() : article->body;
    const std::string fields = fields_of(extraction);
    if (std::getenv("HELIOGRAPH_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(folder / "expected.html") << body;
        std::ofstream(folder / "expected.json") << fields;
        return;
    }
    EXPECT_EQ(body, read_file(folder / "expected.html"));
    EXPECT_EQ(fields, read_file(folder / "expected.json"));
}

INSTANTIATE_TEST_SUITE_P(Each, Golden, testing::ValuesIn(cases()), [](const auto& each) {
    std::string name = each.param;
    std::ranges::replace_if(
        name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
    return name;
});

}  // namespace
}  // namespace heliograph::extract
