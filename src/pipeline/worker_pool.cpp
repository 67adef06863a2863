// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/worker_pool.h"

#include <exception>

namespace heliograph::pipeline {

WorkerPool::WorkerPool(std::size_t threads) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    has_work_.notify_all();
}

void WorkerPool::enqueue(Job job) {
    ++pending_;
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    has_work_.notify_one();
}

void WorkerPool::work() {
    while (true) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            has_work_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (stopping_) return;
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        Finish finish;
        try {
            finish = job();
        } catch (...) {
            finish = [failure = std::current_exception()] { std::rethrow_exception(failure); };
        }
        {
            const std::lock_guard lock(mutex_);
            finished_.push_back(std::move(finish));
        }
        has_finished_.notify_one();
    }
}

void WorkerPool::drain() {
    std::deque<Finish> finished;
    {
        const std::lock_guard lock(mutex_);
        finished.swap(finished_);
    }
    pending_ -= finished.size();
    for (Finish& finish : finished) finish();
}

void WorkerPool::wait(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    has_finished_.wait_for(lock, wait, [this] { return !finished_.empty(); });
}

}  // namespace heliograph::pipeline
