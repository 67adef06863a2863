// SPDX-License-Identifier: GPL-3.0-or-later
// The command demo: serves a made-up newsroom on loopback, mirrors it as any operator would, and
// judges the result.
#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <thread>

#include "base/file.h"
#include "base/hash.h"
#include "base/process.h"
#include "cli/check.h"
#include "cli/commands.h"
#include "cli/flow.h"
#include "cli/session.h"
#include "cli/terminal_progress.h"
#include "serve/server.h"
#include "store/store.h"

namespace heliograph::cli {
namespace fs = std::filesystem;
namespace {

// Only a folder that holds this file is emptied: it was made by a demo before.
constexpr const char* kOwnFolder = ".heliograph-demo";
constexpr const char* kReadMe =
    "This folder was made by 'heliograph demo' and is emptied by the next one.\n";

// Addresses in the newsroom's files and configuration are written with these.
std::string with_ports(std::string text, const DemoOptions& options) {
    const std::pair<std::string_view, int> kPlaces[] = {{"{{port}}", options.newsroom_port},
                                                        {"{{mirror_port}}", options.port}};
    for (const auto& [place, port] : kPlaces) {
        const std::string number = std::to_string(port);
        for (std::size_t at = text.find(place); at != std::string::npos;
             at = text.find(place, at + number.size()))
            text.replace(at, place.size(), number);
    }
    return text;
}

// A copy of the newsroom with its addresses filled in.
void copy_newsroom(const fs::path& from, const fs::path& to, const DemoOptions& options) {
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        if (!entry.is_regular_file()) continue;
        const fs::path target = to / fs::relative(entry.path(), from);
        make_directories(target.parent_path());
        write_file_atomically(target, with_ports(read_file(entry.path()), options));
    }
}

// Empties or makes the folder; false when it is somebody else's.
bool prepare_output(const fs::path& output) {
    if (fs::exists(output)) {
        if (!fs::is_empty(output) && !fs::exists(output / kOwnFolder)) return false;
        fs::remove_all(output);
    }
    make_directories(output);
    write_file_atomically(output / kOwnFolder, kReadMe);
    return true;
}

// Runs while it lives.
class ServerThread {
  public:
    explicit ServerThread(serve::Server& server)
        : server_(server), thread_([this] { server_.run(); }) {}
    ServerThread(const ServerThread&) = delete;
    ServerThread& operator=(const ServerThread&) = delete;
    ~ServerThread() { server_.stop(); }

  private:
    serve::Server& server_;
    std::jthread thread_;
};

std::map<std::string, serve::Site, std::less<>> newsroom_sites(const fs::path& newsroom) {
    std::map<std::string, serve::Site, std::less<>> sites;
    for (const auto& folder : fs::directory_iterator(newsroom)) {
        // One publisher's pages say nowhere how they are encoded, and neither does its server.
        sites[folder.path().filename().string()] = {.folder = folder.path(),
                                                    .content_types = {{"htm", "text/html"}}};
    }
    return sites;
}

}  // namespace

int demo(const CommonOptions& common, const DemoOptions& options) {
    const fs::path output = fs::absolute(options.output);
    if (!fs::exists(options.newsroom / "newsroom") ||
        !fs::exists(options.newsroom / "heliograph.toml")) {
        complain(fmt::format("no newsroom in '{}': name its folder with --newsroom",
                             options.newsroom.string()));
        return kBadUsage;
    }
    if (!prepare_output(output)) {
        complain(
            fmt::format("'{}' is there and was not made by a demo: name another folder with "
                        "--output, or remove it",
                        output.string()));
        return kBadUsage;
    }
    copy_newsroom(options.newsroom / "newsroom", output / "newsroom", options);
    auto newsroom = serve::Server::open(
        {.port = options.newsroom_port, .sites = newsroom_sites(output / "newsroom")});
    if (!newsroom) {
        complain(newsroom.error().message + "; choose another with --newsroom-port");
        return kNothingDone;
    }
    const ServerThread newsroom_thread(*newsroom);

    const std::string toml = with_ports(read_file(options.newsroom / "heliograph.toml"), options);
    write_file_atomically(output / "heliograph.toml", toml);
    const auto session = open_session(toml, "heliograph.toml", output);
    if (!session) {
        complain(session.error().message);
        return kBadUsage;
    }
    const fs::path repository = output / "mirror.git";
    if (const auto made =
            run_process({.arguments = {"git", "init", "--quiet", "--bare", "--initial-branch=main",
                                       repository.string()}});
        !made || made->status != 0) {
        complain("cannot make a Git repository: " +
                 (made ? made->standard_error : made.error().message));
        return kNothingDone;
    }

    fmt::print("Mirroring three made-up publishers, served on port {}, over real HTTP.\n\n",
               options.newsroom_port);
    const auto clock = make_clock();
    const auto log = make_log(common);
    TerminalProgress progress;
    store::Store store(session->workspace.state);
    const RunSummary first = run_stages(*session, {}, store, *clock, *log, progress);
    fmt::print("{}\n", to_text(first, common.verbose));
    const RunSummary second = run_stages(*session, {}, store, *clock, *log, progress);
    const std::vector<Check> checks = check_mirror(*session, store, second, output);
    fmt::print("{}\n", to_text(checks));

    fmt::print(
        "Look at\n"
        "  {0}/site/index.html   the mirror as a folder of pages\n"
        "  {0}/mirror.git        the same as Markdown: git clone it, or push it to a Git host\n"
        "  {0}/heliograph.toml   what the operator wrote\n",
        output.string());
    const bool good = !first.has_failures() &&
                      std::ranges::all_of(checks, [](const Check& check) { return check.good; });
    if (!options.serve) return good ? kDone : kSomeFailed;
    return serve({}, {.folder = output / "site", .address = "127.0.0.1", .port = options.port});
}

}  // namespace heliograph::cli
