// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/worker_pool.h"

#include <gtest/gtest.h>
#include <atomic>
#include <memory>
#include <stdexcept>

namespace heliograph::pipeline {
namespace {

using namespace std::chrono_literals;

void drain_all(WorkerPool& pool) {
    while (pool.pending() > 0) {
        pool.wait(1s);
        pool.drain();
    }
}

TEST(WorkerPool, HandsEachResultToItsContinuationOnTheCallersThread) {
    WorkerPool pool(3);
    const auto here = std::this_thread::get_id();
    int sum = 0;
    for (int i = 1; i <= 100; ++i) {
        pool.submit([i] { return std::make_unique<int>(i); },
                    [&](std::unique_ptr<int> value) {
                        EXPECT_EQ(std::this_thread::get_id(), here);
                        sum += *value;
                    });
    }
    EXPECT_EQ(pool.pending(), 100U);
    drain_all(pool);
    EXPECT_EQ(sum, 5050);
}

TEST(WorkerPool, ThrowsInDrainWhatTheWorkThrew) {
    WorkerPool pool(1);
    pool.submit([]() -> int { throw std::runtime_error("disk full"); }, [](int) {});
    EXPECT_THROW(drain_all(pool), std::runtime_error);
}

TEST(WorkerPool, DropsWorkThatWasNotBegun) {
    std::atomic<int> done = 0;
    std::atomic<bool> go = false;
    {
        WorkerPool pool(1);
        pool.submit(
            [&] {
                while (!go) std::this_thread::yield();
                return ++done;
            },
            [](int) {});
        for (int i = 0; i < 50; ++i) pool.submit([&] { return ++done; }, [](int) {});
        go = true;
    }
    EXPECT_LE(done, 51);  // ends at all, and no continuation ran
}

}  // namespace
}  // namespace heliograph::pipeline
