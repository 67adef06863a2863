// SPDX-License-Identifier: GPL-3.0-or-later
// Git hosts on loopback, made of Debian's own programs: nginx with git-http-backend behind
// fcgiwrap, and sshd. Each is a process of ours with its own configuration, keys and port.
#pragma once

#include <sys/types.h>
#include <filesystem>
#include <string>
#include <vector>

#include "support/temporary_directory.h"

namespace heliograph::test {

// A program that is killed with its children when this goes.
class Service {
  public:
    Service() = default;
    explicit Service(const std::vector<std::string>& arguments);
    Service(Service&& other) noexcept;
    Service& operator=(Service&& other) noexcept;
    ~Service();
    void kill();

  private:
    pid_t id_ = 0;
};

[[nodiscard]] bool is_installed(const char* program);
// A port of loopback that nobody listens at.
[[nodiscard]] int free_port();
// Waits until somebody listens there; false after ten seconds.
[[nodiscard]] bool await_listener(int port);

// Smart HTTP. Reading is free, writing is for "us" with the password "secret".
class GitHttpHost {
  public:
    GitHttpHost();
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::filesystem::path repository() const;
    // The host goes, and comes again at the same port.
    void stop();
    void start();

  private:
    TemporaryDirectory folder_;
    int port_ = 0;
    Service fcgi_;
    Service nginx_;
};

// sshd for the user that runs the tests.
class GitSshHost {
  public:
    GitSshHost();
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::filesystem::path repository() const;
    // What GIT_SSH_COMMAND must be so that this host is known and lets us in; or is not known.
    [[nodiscard]] std::string command() const;
    [[nodiscard]] std::string command_of_a_stranger() const;

  private:
    TemporaryDirectory folder_;
    int port_ = 0;
    Service sshd_;
};

}  // namespace heliograph::test
