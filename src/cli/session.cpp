// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/file.h"
#include "config/config.h"
#include "config/hosts.h"
#include "pipeline/site_rules_folder.h"

namespace heliograph::cli {
namespace fs = std::filesystem;
namespace {

class StandardErrorLog final : public Log {
  public:
    explicit StandardErrorLog(bool verbose)
        : logger_("heliograph", std::make_shared<spdlog::sinks::stderr_color_sink_mt>()) {
        logger_.set_pattern("%^%l%$: %v");
        logger_.set_level(verbose ? spdlog::level::debug : spdlog::level::err);
    }
    void write(LogLevel level, std::string_view message) override {
        static constexpr spdlog::level::level_enum kLevels[] = {
            spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
        logger_.log(kLevels[static_cast<std::size_t>(level)], message);
    }

  private:
    spdlog::logger logger_;
};

// Fills in config.hosts, and looks whether the targets name such hosts.
Result<void> read_hosts(Config& config, const fs::path& directory) {
    config.hosts = config::shipped_hosts();
    if (!config.publishing.hosts.empty()) {
        const fs::path place = directory / config.publishing.hosts;
        const auto toml = read_file_if_exists(place);
        if (!toml)
            return fail(ErrorCode::kConfig,
                        fmt::format("no file '{}', which [publish] hosts names", place.string()));
        auto own = config::parse_hosts(*toml, place.string());
        if (!own) return std::unexpected(std::move(own).error());
        config.hosts = config::merge_hosts(std::move(config.hosts), *std::move(own));
    }
    for (const Target& target : config.targets) {
        if (target.host.empty() ||
            std::ranges::find(config.hosts, target.host, &Host::key) != config.hosts.end())
            continue;
        std::string known;
        for (const Host& host : config.hosts) known += (known.empty() ? "" : ", ") + host.key;
        return fail(ErrorCode::kConfig,
                    fmt::format("target '{}' has host = \"{}\"; the hosts that are known are {}",
                                target.name, target.host, known));
    }
    return {};
}

}  // namespace

Result<Session> open_session(const CommonOptions& common) {
    const auto toml = read_file_if_exists(common.config);
    if (!toml) {
        return fail(ErrorCode::kNotFound,
                    fmt::format("no configuration '{}': write one with 'heliograph init', or name "
                                "another with --config",
                                common.config.string()));
    }
    return open_session(*toml, common.config.string(), fs::absolute(common.config).parent_path());
}

Result<Session> open_session(const std::string& toml, const std::string& file_name,
                             const fs::path& directory) {
    auto config = config::parse_config(toml, file_name);
    if (!config) return std::unexpected(std::move(config).error());
    for (Source& source : config->sources) {
        if (!source.path.empty()) source.path = (directory / source.path).string();
        if (!source.ca_file.empty()) source.ca_file = (directory / source.ca_file).string();
    }
    if (auto hosts = read_hosts(*config, directory); !hosts)
        return std::unexpected(std::move(hosts).error());
    if (!config->mirror.rules.empty()) {
        auto rules = pipeline::read_site_rules_folder(directory / config->mirror.rules);
        if (!rules) return std::unexpected(std::move(rules).error());
        config->site_rules = *std::move(rules);
    }
    pipeline::Workspace workspace{.config_directory = directory,
                                  .state = directory / config->mirror.state};
    return Session{.config = *std::move(config), .workspace = std::move(workspace)};
}

std::optional<FileLock> lock_state(const Session& session) {
    auto lock = FileLock::try_lock(session.workspace.lock());
    if (!lock)
        complain(fmt::format("another heliograph is at work in '{}': try again when it is done",
                             session.workspace.state.string()));
    return lock;
}

std::unique_ptr<Clock> make_clock() {
    if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH")) {
        const std::string_view text = epoch;
        long long seconds = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (error == std::errc() && end == text.data() + text.size()) {
            return std::make_unique<FixedClock>(
                std::chrono::sys_seconds{std::chrono::seconds{seconds}});
        }
        complain(fmt::format(
            "SOURCE_DATE_EPOCH is '{}', which is not a number of seconds: using the system's clock",
            text));
    }
    return std::make_unique<SystemClock>();
}

std::unique_ptr<Log> make_log(const CommonOptions& common) {
    return std::make_unique<StandardErrorLog>(common.verbose);
}

void complain(const std::string& message) { fmt::print(stderr, "heliograph: {}\n", message); }

}  // namespace heliograph::cli
