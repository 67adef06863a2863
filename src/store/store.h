// SPDX-License-Identifier: GPL-3.0-or-later
// What Heliograph remembers between runs: the ledger of addresses, articles with their revisions,
// pictures, and what each target holds. One SQLite database and a folder of blobs beside it.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/article.h"
#include "model/asset.h"
#include "model/entry.h"
#include "model/fate.h"
#include "model/file.h"

namespace heliograph::store {

using Time = std::chrono::sys_seconds;

// How a source fared. Times are unset while the thing never happened.
struct SourceState {
    std::string url;
    std::string name;
    std::string section;
    std::string etag;  // validators, verbatim
    std::string last_modified;
    std::optional<Time> checked;    // asked, whatever came of it
    std::optional<Time> succeeded;  // answered with a feed, or that nothing changed
    std::optional<Time> changed;    // had an address we did not know
    int failures = 0;               // in a row
    std::string problem;            // of the last failure; empty after a success
};

// One address of the ledger.
struct LedgerRow {
    std::string url;
    std::string source;  // address of the source that told of it first
    Fate fate = Fate::kPending;
    std::string reason;   // for people; empty when there is nothing to say
    std::string article;  // id, for kPublished and kDuplicate
    Time discovered{};
    std::optional<Time> checked;
    std::optional<Time> next_attempt;  // unset: not before something new is heard of it
    int attempts = 0;                  // that failed, since the last success
    std::string etag;
    std::string last_modified;
};

// An address to be read now, with what its source said of it.
struct DueAddress {
    LedgerRow row;
    Entry entry;
};

// A picture's address: stored, or what went wrong.
struct PictureRow {
    std::string url;
    std::optional<Asset> asset;
    std::string problem;
    int attempts = 0;
    std::optional<Time> next_attempt;
};

struct BuiltFile {
    std::string path;
    FileDigest digest;
    std::string key;  // of what it was made from: the same key gives the same bytes
};

// What a target is known to hold, and a publication that was begun.
struct TargetState {
    std::string marker;  // see publish::Publisher
    std::optional<std::string> pending_marker;
};

struct Revision {
    int number = 0;
    Time captured{};
    std::string title;
};

// What is kept of an article beside its own fields.
struct ArticleParts {
    std::string packed_page;            // the raw page, packed by pack()
    std::vector<std::string> pictures;  // the addresses of all pictures its page shows
    std::string excerpt;                // plain text, for lists
};

enum class Saved : std::uint8_t { kNew, kUpdated, kUnchanged };

struct Counts {
    std::map<Fate, std::uint64_t> addresses;
    std::uint64_t articles = 0;
    std::uint64_t pictures = 0;
};

// Every failure is our own machine's: all functions may throw SystemError. Not to be shared
// between threads.
class Store {
  public:
    // Opens `folder`/heliograph.db, makes it when missing, and brings its schema up to date.
    explicit Store(const std::filesystem::path& folder);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // Runs `work` in one transaction: all of it lasts, or none.
    void transaction(const std::function<void()>& work);

    // --- sources
    [[nodiscard]] std::optional<SourceState> source(const std::string& url);
    [[nodiscard]] std::vector<SourceState> sources();
    void save_source(const SourceState& source);

    // --- ledger
    // Notes that `source` tells of `url`. Returns true when the address is new. A known address
    // whose entry has a later `updated` becomes pending again.
    bool discover(const std::string& url, const std::string& source, const Entry& entry, Time now);
    // Addresses of that source (first told by it) that wait to be read, in order of discovery.
    [[nodiscard]] std::vector<DueAddress> due(const std::string& source, Time now);
    [[nodiscard]] std::optional<LedgerRow> address(const std::string& url);
    // Replaces the row's fate, reason, article, times, attempts and validators. What the source
    // said is kept only while the row can come due again.
    void save_address(const LedgerRow& row);
    // In order of address. Empty `source` or `fate`: all.
    [[nodiscard]] std::vector<LedgerRow> ledger(const std::string& source,
                                                std::optional<Fate> fate);

    // --- articles
    [[nodiscard]] std::optional<Article> article(const std::string& id);
    [[nodiscard]] std::optional<std::string> article_id_of(const std::string& canonical_url);
    // Inserts the article, or makes a new revision when its content differs from the last one in
    // more than white space; sets its revision and first_captured (and captured, when unchanged).
    Saved save_article(Article& article, const ArticleParts& parts);
    // Every article, newest first, without the bodies.
    [[nodiscard]] std::vector<ArticleSummary> summaries();
    [[nodiscard]] std::vector<Revision> revisions(const std::string& id);
    // Addresses of the sources that tell of each article, in order.
    [[nodiscard]] std::map<std::string, std::vector<std::string>> sources_by_article();

    // --- pictures
    [[nodiscard]] std::optional<PictureRow> picture(const std::string& url);
    // Also changes the fingerprint of every article that shows it.
    void save_picture(const PictureRow& picture);
    // Failed ones whose next attempt has come, with the source of an article that shows them.
    [[nodiscard]] std::vector<std::pair<PictureRow, std::string>> due_pictures(Time now);
    // The stored pictures of an article, by address.
    [[nodiscard]] std::map<std::string, Asset, std::less<>> pictures_of(
        const std::string& article_id);
    // The stored lead images of all articles, by address.
    [[nodiscard]] std::map<std::string, Asset, std::less<>> lead_pictures();
    // Every stored picture that an article shows.
    [[nodiscard]] std::vector<Asset> pictures_in_use();

    // --- blobs, by content
    // Returns the hexadecimal SHA-256 of the bytes. May be called from any thread.
    std::string save_blob(std::string_view bytes) const;
    [[nodiscard]] std::filesystem::path blob_path(std::string_view hash) const;

    // --- targets
    [[nodiscard]] std::map<std::string, BuiltFile> built(const std::string& target);
    void save_built(const std::string& target, const BuiltFile& file);
    void remove_built(const std::string& target, const std::string& path);
    [[nodiscard]] TargetState target(const std::string& target);
    [[nodiscard]] Manifest published(const std::string& target);
    // Notes a publication before readers can see it; settle or drop it afterwards.
    void begin_publication(const std::string& target, const std::string& marker,
                           const std::vector<Change>& changes);
    // The begun publication is what the target holds now.
    void settle_publication(const std::string& target, Time now);
    // The begun publication did not happen.
    void drop_publication(const std::string& target);
    // The target turned out to hold nothing of ours.
    void forget_published(const std::string& target);
    [[nodiscard]] std::optional<Time> last_publication(const std::string& target);

    [[nodiscard]] Counts counts();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// Packs a raw page for keeping (zstd). May be called from any thread.
[[nodiscard]] std::string pack(std::string_view bytes);
// Throws SystemError when the bytes are not what pack() made.
[[nodiscard]] std::string unpack(std::string_view packed);

}  // namespace heliograph::store
