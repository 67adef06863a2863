// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "base/system_error.h"

extern char** environ;

namespace heliograph {
namespace {

using Steady = std::chrono::steady_clock;

class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { close(); }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }
    [[nodiscard]] int get() const { return number_; }

  private:
    int number_ = -1;
};

struct Pipe {
    Descriptor read;
    Descriptor write;

    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            throw system_error("cannot open a pipe to", "another program", errno);
        read = Descriptor(ends[0]);
        write = Descriptor(ends[1]);
    }
};

// Kills its group and waits, unless it was waited for already.
class Child {
  public:
    explicit Child(pid_t id) : id_(id) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (id_ <= 0) return;
        ::kill(-id_, SIGKILL);
        wait();
    }
    int wait() {
        int status = 0;
        while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
        }
        id_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

  private:
    pid_t id_;
};

// Names and values for execve: ours, with the added ones in place of those of the same name.
std::vector<std::string> environment_of(const ProcessRequest& request) {
    std::vector<std::string> out;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::string_view name = text.substr(0, text.find('='));
        if (std::ranges::find(request.environment, name,
                              &std::pair<std::string, std::string>::first) ==
            request.environment.end())
            out.emplace_back(text);
    }
    for (const auto& [name, value] : request.environment) out.push_back(name + "=" + value);
    return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

// In the child, where only async-signal-safe functions may be called: everything that allocates
// was done before. Tells `failure` the errno of what went wrong.
[[noreturn]] void become(const char* directory, char* const* arguments, char* const* environment,
                         int in, int out, int err, int failure, pid_t parent) {
    ::setpgid(0, 0);
    // A git of ours that goes on after we were killed would be in the way of the next run.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    struct sigaction normal{};
    normal.sa_handler = SIG_DFL;
    ::sigaction(SIGPIPE, &normal, nullptr);
    bool good = ::dup2(in, STDIN_FILENO) >= 0 && ::dup2(out, STDOUT_FILENO) >= 0 &&
                ::dup2(err, STDERR_FILENO) >= 0;
    good = good && (*directory == '\0' || ::chdir(directory) == 0);
    if (good) ::execvpe(arguments[0], arguments, environment);
    const int error = errno;
    [[maybe_unused]] const auto told = ::write(failure, &error, sizeof error);
    ::_exit(127);
}

void set_nonblocking(int descriptor) {
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

// Reads what there is; false at its end.
bool read_some(int descriptor, std::string& out) {
    std::array<char, 65'536> buffer{};
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    const std::size_t room = kMaxProcessOutputBytes - std::min(out.size(), kMaxProcessOutputBytes);
    out.append(buffer.data(), std::min(static_cast<std::size_t>(count), room));
    return count > 0;
}

// Moves bytes both ways until the program closed its output; false when the time is over.
bool talk(const ProcessRequest& request, Descriptor in, Descriptor out, Descriptor err,
          ProcessOutcome& outcome) {
    for (const Descriptor* end : {&in, &out, &err}) set_nonblocking(end->get());
    const auto deadline = Steady::now() + request.timeout;
    std::string piece;
    std::size_t written = 0;
    if (!request.input) in.close();
    while (out.get() >= 0 || err.get() >= 0) {
        if (in.get() >= 0 && written == piece.size()) {
            piece = request.input();
            written = 0;
            if (piece.empty()) in.close();
        }
        std::array<pollfd, 3> waits = {pollfd{in.get(), POLLOUT, 0}, pollfd{out.get(), POLLIN, 0},
                                       pollfd{err.get(), POLLIN, 0}};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now());
        if (left.count() <= 0) return false;
        if (::poll(waits.data(), waits.size(), static_cast<int>(left.count())) <= 0) continue;
        if (in.get() >= 0 && waits[0].revents != 0) {
            const ssize_t count = ::write(in.get(), piece.data() + written, piece.size() - written);
            if (count > 0) written += static_cast<std::size_t>(count);
            // It does not want more: its exit code will say why.
            if (count < 0 && errno != EAGAIN && errno != EINTR) in.close();
        }
        if (waits[1].revents != 0 && !read_some(out.get(), outcome.standard_output)) out.close();
        if (waits[2].revents != 0 && !read_some(err.get(), outcome.standard_error)) err.close();
    }
    return true;
}

}  // namespace

Result<ProcessOutcome> run_process(const ProcessRequest& request) {
    // A program that does not read to its end would otherwise end us too.
    std::signal(SIGPIPE, SIG_IGN);
    Pipe in;
    Pipe out;
    Pipe err;
    Pipe failure;
    std::vector<std::string> arguments = request.arguments;
    std::vector<std::string> environment = environment_of(request);
    const std::vector<char*> argument_pointers = pointers(arguments);
    const std::vector<char*> environment_pointers = pointers(environment);
    const std::string directory = request.directory.string();
    const pid_t parent = ::getpid();
    const pid_t id = ::fork();
    if (id < 0) throw system_error("cannot start", request.arguments.front(), errno);
    if (id == 0) {
        become(directory.c_str(), argument_pointers.data(), environment_pointers.data(),
               in.read.get(), out.write.get(), err.write.get(), failure.write.get(), parent);
    }
    Child child(id);
    in.read.close();
    out.write.close();
    err.write.close();
    failure.write.close();
    int error = 0;
    // Ends at once with nothing when the program began: its end of the pipe closes on exec.
    while (true) {
        const ssize_t count = ::read(failure.read.get(), &error, sizeof error);
        if (count < 0 && errno == EINTR) continue;
        if (count == sizeof error)
            return fail(ErrorCode::kNotFound,
                        "cannot run '" + request.arguments.front() + "': " + std::strerror(error));
        break;
    }
    ProcessOutcome outcome;
    if (!talk(request, std::move(in.write), std::move(out.read), std::move(err.read), outcome)) {
        return fail(ErrorCode::kTimedOut, "'" + request.arguments.front() +
                                              "' did not end within " +
                                              std::to_string(request.timeout.count()) + " seconds");
    }
    outcome.status = child.wait();
    return outcome;
}

}  // namespace heliograph
