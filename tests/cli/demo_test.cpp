// SPDX-License-Identifier: GPL-3.0-or-later
// The demo newsroom, mirrored by the whole program, against what its makers wrote down of it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/utf8.h"
#include "cli/operator.h"
#include "html/url.h"
#include "store/store.h"
#include "support/test_server.h"

namespace heliograph::test {
namespace {

using nlohmann::json;

// A port that was free a moment ago.
std::string free_port() { return std::to_string(TestServer().port()); }

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
        text.replace(at, from.size(), to);
}

TEST(Demo, MirrorsTheWholeNewsroomAsItsMakersExpect) {
    Operator us;
    const std::string port = free_port();
    const std::string demo = std::string(HELIOGRAPH_SOURCE_DIR) + "/demo";
    const Outcome run = us.run(
        {"demo", "--no-serve", "--newsroom", demo, "--output", "out", "--newsroom-port", port});
    ASSERT_EQ(run.status, 0) << run.out << run.err;
    std::string text = read_file(demo + "/expected.json");
    replace_all(text, "{{port}}", port);
    store::Store store(us.folder() / "out/state");
    for (const json& expected : json::parse(text)) {
        const std::string url = expected.at("url");
        SCOPED_TRACE(url);
        const auto row = store.address(html::canonical_form(*html::parse_url(url)).href);
        ASSERT_TRUE(row.has_value());
        ASSERT_EQ(row->fate, Fate::kPublished) << row->reason;
        EXPECT_EQ(store.article(row->article)->title,
                  collapse_space(expected.at("title").get<std::string>()));
    }
}

TEST(Demo, EmptiesNoFolderButItsOwn) {
    Operator us;
    write_file_atomically(us.folder() / "precious/letter.txt", "dear");
    const Outcome run =
        us.run({"demo", "--no-serve", "--newsroom", std::string(HELIOGRAPH_SOURCE_DIR) + "/demo",
                "--output", "precious"});
    EXPECT_EQ(run.status, 2);
    EXPECT_EQ(read_file(us.folder() / "precious/letter.txt"), "dear");
    EXPECT_EQ(us.run({"demo", "--newsroom", "nowhere"}).status, 2);
}

}  // namespace
}  // namespace heliograph::test
