// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/operator.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "base/file.h"

namespace heliograph::test {
namespace fs = std::filesystem;
namespace {

pid_t spawn(const std::vector<std::string>& arguments, const fs::path& directory,
            const fs::path& out, const fs::path& err) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child > 0) return child;
    const int flags = O_WRONLY | O_CREAT | O_TRUNC;
    ::dup2(::open(out.c_str(), flags, 0600), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), flags, 0600), STDERR_FILENO);
    if (::chdir(directory.c_str()) == 0) ::execvp(argv[0], argv.data());
    ::_exit(127);
}

int wait_for(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Outcome run_program(const std::vector<std::string>& arguments, const fs::path& directory) {
    const TemporaryDirectory scratch;
    const fs::path out = scratch.path() / "out";
    const fs::path err = scratch.path() / "err";
    Outcome outcome;
    outcome.status = wait_for(spawn(arguments, directory, out, err));
    outcome.out = read_file(out);
    outcome.err = read_file(err);
    return outcome;
}

Operator::Operator() {
    // Whatever the developer's own git configuration says, commits are the same everywhere.
    ::setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
}

void Operator::configure(const std::string& sources, const std::string& more) {
    write_file_atomically(folder() / "heliograph.toml", R"toml([mirror]
title = "Test mirror"
sections = [ {key = "news", name = "News"} ]

[fetch]
requests_per_second = 0
timeout_seconds = 5
poll_min_minutes = 0
poll_max_minutes = 0

[[target]]
kind = "directory"
path = "site"
base_url = "https://mirror.example/"
format = "html"

[[target]]
kind = "git"
remote = "mirror.git"
base_url = "https://git.example/us/mirror/blob/main/"
format = "markdown"

)toml" + more + sources);
    if (!fs::exists(folder() / "mirror.git")) {
        const Outcome made = run_program(
            {"git", "init", "-q", "--bare", "--initial-branch=main", "mirror.git"}, folder());
        if (made.status != 0) throw std::runtime_error(made.err);
    }
}

pid_t Operator::start(const std::vector<std::string>& arguments) {
    ::setenv("SOURCE_DATE_EPOCH", std::to_string(now).c_str(), 1);
    std::vector<std::string> all{HELIOGRAPH_PROGRAM};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return spawn(all, folder(), folder() / ".stdout", folder() / ".stderr");
}

Outcome Operator::run(const std::vector<std::string>& arguments) {
    Outcome outcome;
    outcome.status = wait_for(start(arguments));
    outcome.out = read_file(folder() / ".stdout");
    outcome.err = read_file(folder() / ".stderr");
    return outcome;
}

std::map<std::string, std::string> Operator::files(const std::string& subfolder) const {
    std::map<std::string, std::string> files;
    const fs::path root = folder() / subfolder;
    if (!fs::exists(root)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(root).generic_string()] = read_file(entry.path());
    }
    return files;
}

std::string Operator::git(const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"git", "--git-dir=mirror.git"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    Outcome outcome = run_program(all, folder());
    if (outcome.status != 0) return "";
    while (outcome.out.ends_with('\n')) outcome.out.pop_back();
    return outcome.out;
}

std::map<std::string, std::string> Operator::ledger() {
    std::map<std::string, std::string> rows;
    std::istringstream lines(run({"ledger", "--json"}).out);
    for (std::string line; std::getline(lines, line);) {
        const auto row = nlohmann::json::parse(line);
        rows[row.at("url")] =
            row.at("fate").get<std::string>() + ": " + row.at("reason").get<std::string>();
    }
    return rows;
}

}  // namespace heliograph::test
