// SPDX-License-Identifier: GPL-3.0-or-later
// Work that needs a processor, done beside the thread that waits for the network.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace heliograph::pipeline {

// submit() and drain() belong to one thread; the work runs on others.
class WorkerPool {
  public:
    explicit WorkerPool(std::size_t threads);
    // Work not begun is dropped.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // `work` runs on another thread; what it returns is handed to `then` by a later drain().
    // What `work` throws, that drain() throws.
    template <typename Work, typename Then>
    void submit(Work work, Then then) {
        using Value = std::invoke_result_t<Work&>;
        enqueue(
            [work = std::move(work), then = std::move(then)]() mutable -> std::function<void()> {
                // Shared, because a std::function must be copyable and a Value need not be.
                auto value = std::make_shared<Value>(work());
                return [value, then = std::move(then)]() mutable { then(std::move(*value)); };
            });
    }

    // Runs the `then` of everything that is finished.
    void drain();
    // Waits until something is finished, at most `wait`.
    void wait(std::chrono::milliseconds wait);
    // Submitted and not yet drained.
    [[nodiscard]] std::size_t pending() const { return pending_; }

  private:
    using Finish = std::function<void()>;
    using Job = std::function<Finish()>;

    void enqueue(Job job);
    void work();

    std::mutex mutex_;
    std::condition_variable has_work_;
    std::condition_variable has_finished_;
    std::deque<Job> jobs_;
    std::deque<Finish> finished_;
    bool stopping_ = false;
    std::size_t pending_ = 0;
    std::vector<std::jthread> threads_;
};

}  // namespace heliograph::pipeline
