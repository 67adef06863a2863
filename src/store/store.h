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
#include "model/list.h"
#include "model/tombstone.h"

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
    std::string moved_to;           // where it moved for good; empty: nowhere
    std::optional<Time> next_poll;  // not to be asked before
    PollHints poll;                 // of its last document
    std::optional<Time> failing_since;
    std::optional<Time> empty_since;  // it answers and lists nothing
    std::size_t items = 0;            // that its last document listed
    std::vector<Time> news;           // when news came, oldest first, no doubles; the last of them
    SourceKind kind = SourceKind::kUnknown;  // of its last document
};

// One address of the ledger.
struct Discovery {
    bool is_new = false;        // nobody told of the address before
    bool is_news_here = false;  // this source did not
};

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
    std::string moved_to;  // where it moved for good; empty: nowhere
};

// Something that happened to an address.
struct Event {
    Time time{};
    std::string what;
};

// Another address of an article.
struct Alias {
    std::string url;
    std::string article;
    std::string why;  // for people
};

// An origin's robots.txt as it was had last.
struct RobotsRow {
    std::string body;
    Time fetched{};
    Time expires{};
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

// An article came, changed, or went.
struct PlaceChange {
    std::string article;
    std::optional<Place> before;  // nullopt: it was in no list
};

// How the publications of a target went.
struct TargetOutcome {
    int failures = 0;     // in a row
    std::string problem;  // of the last one; empty after a success
    std::optional<Time> published;
};

// The files of a target together.
struct BuiltExtent {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t largest = 0;  // bytes
    std::string largest_path;
};

struct BuildState {
    std::int64_t change = 0;  // the last one that the files show
    std::string generation;   // of configuration and theme
    std::string fronts;       // of what home shows beside articles

    friend bool operator==(const BuildState&, const BuildState&) = default;
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
    // What of it a reader would miss; the rest may change without a revision. Empty: all of it.
    std::string essence{};
    // Judged by what is stored itself: it says nothing else, whatever its hash was made from.
    bool is_as_before = false;
};

// An article whose longer part is still text of the store: reading that takes longer than getting
// it, and any thread can.
struct PackedArticle {
    Article article;
    std::string document;  // bytes of the store
};

enum class Saved : std::uint8_t { kNew, kUpdated, kUnchanged };

struct Counts {
    std::map<Fate, std::uint64_t> addresses;
    std::uint64_t articles = 0;
    std::uint64_t pictures = 0;
};

// Enough for years of an address; a page that changes all day must not fill the store.
inline constexpr std::size_t kMaxEvents = 40;

// Every failure is our own machine's: all functions may throw SystemError. Not to be shared
// between threads.
class Store {
  public:
    // Opens `folder`/heliograph.db, makes it when missing, and brings its schema up to date.
    explicit Store(const std::filesystem::path& folder);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // Runs `work` in one transaction: all of it lasts, or none. Within another one it is a part of
    // that.
    void transaction(const std::function<void()>& work);
    // Runs `work`, which only reads, and sees the store as it is now throughout. Each reading by
    // itself would ask the system for a lock, which takes as long as the reading.
    void read_together(const std::function<void()>& work);

    // --- sources
    [[nodiscard]] std::optional<SourceState> source(const std::string& url);
    [[nodiscard]] std::vector<SourceState> sources();
    void save_source(const SourceState& source);
    // By the origin and the way to it.
    [[nodiscard]] std::optional<RobotsRow> robots(const std::string& key);
    void save_robots(const std::string& key, const RobotsRow& row);

    // --- ledger
    // Notes that `source` tells of `url`. A known address whose entry has a later `updated` becomes
    // pending again; one that waits for its first visit keeps what each of its sources said that
    // those before did not.
    Discovery discover(const std::string& url, const std::string& source, const Entry& entry,
                       Time now);
    // What the sources said of an address that is not dealt with.
    [[nodiscard]] std::optional<Entry> entry_of(const std::string& url);
    // Addresses of that source (first told by it) that wait to be read: what is new in order of
    // discovery, then published ones that are to be looked at again. Numbers for due_address(): a
    // first visit may find a million, and a feed gives each its whole text.
    [[nodiscard]] std::vector<std::int64_t> due(const std::string& source, Time now);
    // Nothing when it has been dealt with since.
    [[nodiscard]] std::optional<DueAddress> due_address(std::int64_t number);
    [[nodiscard]] std::optional<LedgerRow> address(const std::string& url);
    // An address that was left out is to be read after all.
    void reopen(const std::string& url, const Entry& entry, Time now);
    // Replaces the row's fate, reason, article, times, attempts and validators. What the source
    // said is kept only while the row can come due again.
    void save_address(const LedgerRow& row);
    // Replaces what the source said of an address.
    void save_entry(const std::string& url, const Entry& entry);
    // The last address with an article that the source told of under that guid.
    [[nodiscard]] std::optional<LedgerRow> address_by_guid(const std::string& source,
                                                           const std::string& guid);
    // The story of an address, oldest first: the newest kMaxEvents of it are kept.
    void add_event(const std::string& url, Time time, const std::string& what);
    [[nodiscard]] std::vector<Event> events(const std::string& url);
    // Other addresses of articles, by html::identity_key. One that is known stays as it is.
    void save_alias(const std::string& key, const Alias& alias);
    [[nodiscard]] std::optional<Alias> alias(const std::string& key);
    [[nodiscard]] std::vector<Alias> aliases_of(const std::string& article);
    // In order of address. Empty `source` or `fate`: all.
    [[nodiscard]] std::vector<LedgerRow> ledger(const std::string& source,
                                                std::optional<Fate> fate);

    // An address that some of the sources tell of and others do not.
    struct Gap {
        LedgerRow row;
        std::vector<std::string> told_by;  // of the asked sources, in order
    };
    // In order of address.
    [[nodiscard]] std::vector<Gap> gaps(const std::vector<std::string>& sources);

    // --- articles
    [[nodiscard]] std::optional<Article> article(const std::string& id);
    // The same in the form of the store; read() makes an article of it.
    [[nodiscard]] std::optional<PackedArticle> packed_article(const std::string& id);
    [[nodiscard]] std::optional<std::string> article_id_of(const std::string& canonical_url);
    // Inserts the article, or makes a new revision when its content differs from the last one in
    // more than white space; sets its revision and first_captured (and captured, when unchanged).
    Saved save_article(Article& article, const ArticleParts& parts);
    // The article as lists would show it, from its own record alone: without sections.
    [[nodiscard]] std::optional<ArticleSummary> summary(const std::string& id);
    [[nodiscard]] std::vector<Revision> revisions(const std::string& id);
    // An earlier text; nullopt when that revision is not there.
    [[nodiscard]] std::optional<Article> earlier_article(const std::string& id, int number);
    // Addresses of the sources that tell of the article, in order.
    [[nodiscard]] std::vector<std::string> sources_of(const std::string& id);

    // --- lists: what readers are to see, as the configuration had it when it was placed last
    // Articles that changed, came or went since they were placed, in order.
    [[nodiscard]] std::vector<std::string> unplaced();
    // All of them are to be placed again: the configuration changed.
    void unplace_all();
    // Puts the articles, each once, into the lists that their summaries say (model/list.h,
    // lists_of), and notes a change of each where readers would see one.
    void place(const std::vector<ArticleSummary>& articles);
    // Takes it out of all lists.
    void remove_place(const std::string& id);
    // Every listed article, newest first.
    [[nodiscard]] std::vector<ArticleSummary> listed();
    [[nodiscard]] std::optional<ArticleSummary> listed(const std::string& id);
    [[nodiscard]] std::size_t list_size(const ListKey& list);
    // At most `count` articles of the list, newest first, after the `skip` newest.
    [[nodiscard]] std::vector<ArticleSummary> list_part(const ListKey& list, std::size_t skip,
                                                        std::size_t count);
    // When they appeared, of the same part.
    [[nodiscard]] std::vector<Time> list_times(const ListKey& list, std::size_t skip,
                                               std::size_t count);
    // How many articles of the list stand behind that place (model/article.h, newer_first).
    [[nodiscard]] std::size_t older_in_list(const ListKey& list, Time appeared,
                                            const std::string& id);
    // The names of the lists of one kind that are not empty, in order.
    [[nodiscard]] std::vector<std::string> list_names(ListKind kind);
    // How each tag is written, by its key.
    [[nodiscard]] std::map<std::string, std::string> tag_names();
    [[nodiscard]] std::string tag_name(const std::string& key);

    // --- what changed in the lists, numbered in order
    // Of the newest change; 0 before the first.
    [[nodiscard]] std::int64_t last_change();
    // The oldest that is still known, or one after the newest.
    [[nodiscard]] std::int64_t first_change();
    [[nodiscard]] std::vector<PlaceChange> changes_after(std::int64_t number);
    void forget_changes(std::int64_t up_to);
    // A word of pipeline's own; empty when it was never set.
    [[nodiscard]] std::string setting(const std::string& name);
    void set_setting(const std::string& name, const std::string& value);

    // --- articles that left
    // Takes the article out of the store with its earlier texts, its raw pages and the pictures
    // that no other article shows, and remembers that it was there: its addresses are never read
    // again. Returns false when there is no such article. REQUIRES: no transaction is under way.
    bool remove_article(const std::string& id, bool is_withdrawn, const std::string& reason,
                        Time now);
    // Of those that readers may have seen, in order of their ids.
    [[nodiscard]] std::vector<Tombstone> tombstones();
    [[nodiscard]] std::optional<Tombstone> tombstone(const std::string& id);
    // Of the article that is or was at that canonical address, seen or not.
    [[nodiscard]] std::optional<Tombstone> tombstone_of(const std::string& canonical_url);
    // Ids of the articles that are too many, oldest first: those that appeared before `oldest`,
    // those beyond the `most_articles` newest, and those beyond the newest that together have
    // `most_bytes` of text and pictures, a picture of several counted once. 0 stands for no bound,
    // as does an unset time.
    [[nodiscard]] std::vector<std::string> surplus(std::optional<Time> oldest,
                                                   std::uint64_t most_articles,
                                                   std::uint64_t most_bytes);

    // --- pictures
    [[nodiscard]] std::optional<PictureRow> picture(const std::string& url);
    // Also changes the fingerprint of every article that shows it.
    void save_picture(const PictureRow& picture);
    // Failed ones whose next attempt has come, with the source of an article that shows them.
    [[nodiscard]] std::vector<std::pair<PictureRow, std::string>> due_pictures(Time now);
    // The stored pictures of an article, by address.
    [[nodiscard]] std::map<std::string, Asset, std::less<>> pictures_of(
        const std::string& article_id);
    // Whether an article shows the stored picture of that path.
    [[nodiscard]] bool picture_in_use(const std::string& hash);
    // Every stored picture that an article shows, without its others.
    [[nodiscard]] std::vector<Asset> pictures_in_use();
    // ... and what there is of them in other sizes and formats.
    [[nodiscard]] std::vector<Asset> other_pictures_in_use();

    // --- blobs, by content
    // Returns the hexadecimal SHA-256 of the bytes. May be called from any thread.
    std::string save_blob(std::string_view bytes) const;
    [[nodiscard]] std::filesystem::path blob_path(std::string_view hash) const;

    // --- targets
    [[nodiscard]] std::map<std::string, BuiltFile> built(const std::string& target);
    [[nodiscard]] std::optional<BuiltFile> built_file(const std::string& target,
                                                      const std::string& path);
    // The paths that begin with `folder`, which ends in "/".
    [[nodiscard]] std::vector<std::string> built_paths(const std::string& target,
                                                       const std::string& folder);
    [[nodiscard]] std::size_t built_count(const std::string& target);
    // What the target's files show; nullopt when its last build did not come to an end.
    [[nodiscard]] std::optional<BuildState> build_state(const std::string& target);
    void save_build_state(const std::string& target, const BuildState& state);
    void drop_build_state(const std::string& target);
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
    // What was built for the target and is not there as built, in order of path; then what is there
    // and was not built.
    [[nodiscard]] std::vector<Change> unpublished(const std::string& target);
    [[nodiscard]] BuiltExtent built_extent(const std::string& target);
    // The folder of the built files with the most entries, and how many; "" is the root. Reads the
    // path of every file.
    [[nodiscard]] std::pair<std::string, std::uint64_t> fullest_folder(const std::string& target);
    [[nodiscard]] std::size_t published_count(const std::string& target);
    [[nodiscard]] bool is_published(const std::string& target, const std::string& path);
    // Others changed the target beside our files: it has another marker and the same files of ours.
    void move_marker(const std::string& target, const std::string& marker);
    [[nodiscard]] TargetOutcome outcome(const std::string& target);
    // `problem` is empty after a success.
    void note_outcome(const std::string& target, const std::string& problem);

    [[nodiscard]] Counts counts();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// May be called from any thread. Throws SystemError for what the store did not write.
[[nodiscard]] Article read(PackedArticle packed);

// Packs a raw page for keeping (zstd). May be called from any thread.
[[nodiscard]] std::string pack(std::string_view bytes);
// Throws SystemError when the bytes are not what pack() made.
[[nodiscard]] std::string unpack(std::string_view packed);

}  // namespace heliograph::store
