// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of Git targets share: two trees, and the real git.
#pragma once

#include <gtest/gtest.h>
#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/process.h"
#include "base/utf8.h"
#include "publish/support.h"

namespace heliograph::publish::test {

inline const Files kFirst = {{"README.md", "home 1"}, {"articles/2026/11/a.md", "article a"}};
inline const Files kSecond = {{"README.md", "home 2"}, {"articles/2026/11/b.md", "article b"}};

// What git prints, trimmed; the test fails when git does.
inline std::string git(const std::filesystem::path& directory, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "git");
    const auto outcome = run_process({.arguments = std::move(arguments),
                                      .directory = directory,
                                      .environment = {{"LC_ALL", "C"}},
                                      .input = {},
                                      .timeout = std::chrono::seconds{60}});
    EXPECT_TRUE(outcome && outcome->status == 0)
        << (outcome ? outcome->standard_error : outcome.error().message);
    return outcome ? std::string(trim(outcome->standard_output)) : "";
}

inline Target target_of(const std::string& remote) {
    Target target;
    target.name = "git";
    target.kind = TargetKind::kGit;
    target.format = PageFormat::kMarkdown;
    target.remote = remote;
    return target;
}

inline void set_hook(const std::filesystem::path& repository, const char* name,
                     const std::string& script) {
    const std::filesystem::path hook = repository / "hooks" / name;
    write_file_atomically(hook, "#!/bin/sh\n" + script);
    std::filesystem::permissions(hook, std::filesystem::perms::owner_all);
}

}  // namespace heliograph::publish::test
