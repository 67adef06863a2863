// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_directory.h"

namespace heliograph {
namespace {

using namespace std::chrono_literals;

TEST(RunProcess, GivesExitCodeAndBothOutputs) {
    const auto outcome = run_process({.arguments = {"sh", "-c", "echo out; echo err >&2; exit 3"}});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->status, 3);
    EXPECT_EQ(outcome->standard_output, "out\n");
    EXPECT_EQ(outcome->standard_error, "err\n");
}

TEST(RunProcess, PassesArgumentsEnvironmentAndDirectoryAsTheyAre) {
    const test::TemporaryDirectory folder;
    const auto outcome = run_process(
        {.arguments = {"sh", "-c", "printf '%s|%s|' \"$1\" \"$X\"; pwd", "sh", "a b;$(c) 'd'"},
         .directory = folder.path(),
         .environment = {{"X", "y z"}, {"HOME", "/nowhere"}}});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->standard_output, "a b;$(c) 'd'|y z|" + folder.path().string() + "\n");
}

TEST(RunProcess, FeedsInputLargerThanAnyPipeWhileReadingOutput) {
    int pieces = 0;
    const auto outcome = run_process({.arguments = {"cat"}, .input = [&] {
                                          return pieces++ < 100 ? std::string(100'000, 'x') : "";
                                      }});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->standard_output, std::string(10'000'000, 'x'));
    EXPECT_EQ(outcome->status, 0);
}

TEST(RunProcess, SurvivesAProgramThatDoesNotReadItsInput) {
    const auto outcome = run_process(
        {.arguments = {"sh", "-c", "exit 5"}, .input = [] { return std::string(100'000, 'x'); }});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->status, 5);
}

TEST(RunProcess, SaysWhenThereIsNoSuchProgramOrFolder) {
    const auto outcome = run_process({.arguments = {"no-such-program-here"}});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::kNotFound);
    EXPECT_THAT(outcome.error().message, testing::HasSubstr("no-such-program-here"));
    EXPECT_FALSE(run_process({.arguments = {"true"}, .directory = "/no/such/folder"}));
}

TEST(RunProcess, KillsTheWholeGroupWhenTheTimeIsOver) {
    const test::TemporaryDirectory folder;
    const auto outcome = run_process({.arguments = {"sh", "-c", "(sleep 3; touch late) & sleep 60"},
                                      .directory = folder.path(),
                                      .timeout = 1s});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::kTimedOut);
    EXPECT_NE(run_process({.arguments = {"pgrep", "-f", "touch late"}})->status, 0);
}

TEST(RunProcess, EndsTheProgramWhenItsInputThrows) {
    EXPECT_THROW(static_cast<void>(run_process(
                     {.arguments = {"sleep", "60"},
                      .input = []() -> std::string { throw std::runtime_error("disk"); }})),
                 std::runtime_error);
}

TEST(RunProcess, TellsASignalFromAnExitCode) {
    EXPECT_EQ(run_process({.arguments = {"sh", "-c", "kill -9 $$"}})->status, 128 + 9);
}

}  // namespace
}  // namespace heliograph
