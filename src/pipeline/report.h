// SPDX-License-Identifier: GPL-3.0-or-later
// What a run did, for the summary at its end, and how it tells how far it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/fate.h"
#include "model/file.h"

namespace heliograph::pipeline {

// Something that went wrong and did not stop the rest.
struct Failure {
    std::string subject;  // an address, a source's name, a target's name
    std::string reason;
};

struct UpdateReport {
    std::size_t sources = 0;
    std::size_t not_due = 0;              // sources whose time to be asked has not come
    std::size_t found = 0;                // addresses not known before
    std::size_t added = 0;                // new articles
    std::size_t updated = 0;              // new revisions
    std::size_t unchanged = 0;            // read again, nothing new
    std::size_t pictures = 0;             // stored
    std::map<Fate, std::size_t> refused;  // read, and no article of the mirror
    std::vector<Failure> notes;           // of those, and what was skipped or mended: nothing to do
    std::vector<Failure> failures;        // tried again by the next runs
    std::vector<Failure> alarms;          // sources that fell silent or have failed for long
    std::vector<Failure> redesigns;       // hosts whose pages look unlike those before
    std::vector<Failure> idle_rules;      // site rules that match nothing any more
};

struct BuildReport {
    std::string target;
    std::size_t files = 0;    // of the mirror
    std::size_t written = 0;  // new or different
    std::size_t removed = 0;
    std::vector<Failure> notes;  // nothing failed, but the operator may want to know
    std::vector<Failure> failures;
};

// What readers get of what was published.
struct ReadBack {
    std::size_t read = 0;
    std::size_t good = 0;  // byte for byte
    std::string problem;   // of the first that was not; empty: all were
    std::string skipped;   // why none was read; empty: some were
    bool is_required = false;

    [[nodiscard]] bool has_failed() const { return is_required && good < read; }
};

struct PublicationReport {
    std::string target;
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t removed = 0;
    std::uint64_t bytes = 0;
    int tries = 0;
    std::string failure;  // empty when the target holds what was built
    std::optional<ReadBack> read_back{};
};

// A change that a publication would make.
struct PlannedChange {
    Change change;
    std::string reason;  // "new article"; few different ones
};

// What a publication would do.
struct PlanReport {
    std::string target;
    std::vector<PlannedChange> changes;  // in the order readers would see them
    std::uint64_t bytes = 0;             // of what is added or changed
    std::vector<std::string> notes;      // what the operator should know beside it
    std::vector<std::string> forecast;   // what will come, when that was asked
    std::string failure;                 // why it would not be made; empty when it would
};

// Called on the thread that runs the work.
class Progress {
  public:
    virtual ~Progress() = default;
    // `done` of `total` steps of `stage` ("articles"); total may grow. A stage ends when another
    // begins or finish() is called.
    virtual void show(std::string_view stage, std::size_t done, std::size_t total) = 0;
    virtual void finish() = 0;
};

class NoProgress final : public Progress {
  public:
    void show(std::string_view /*stage*/, std::size_t /*done*/, std::size_t /*total*/) override {}
    void finish() override {}
};

}  // namespace heliograph::pipeline
