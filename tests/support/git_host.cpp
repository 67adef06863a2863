// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/git_host.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace heliograph::test {
namespace fs = std::filesystem;
namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

void run(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

}  // namespace

Service::Service(const std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    id_ = ::fork();
    if (id_ < 0) throw std::runtime_error("cannot fork");
    if (id_ > 0) return;
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (int end = 0; end < 3; ++end) ::dup2(nowhere, end);
    ::execv(argv[0], argv.data());
    ::_exit(127);
}

Service::Service(Service&& other) noexcept : id_(std::exchange(other.id_, 0)) {}

Service& Service::operator=(Service&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
}

Service::~Service() { kill(); }

void Service::kill() {
    if (id_ <= 0) return;
    ::kill(-id_, SIGKILL);
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
    id_ = 0;
}

bool is_installed(const char* program) { return fs::exists(program); }

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    const bool good = ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                      ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    if (!good) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

bool await_listener(int port) {
    for (int tries = 0; tries < 1000; ++tries) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback(port);
        const bool answers =
            ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        ::close(socket);
        if (answers) return true;
        ::poll(nullptr, 0, 10);
    }
    return false;
}

GitHttpHost::GitHttpHost() : port_(free_port()) {
    const std::string folder = folder_.path().string();
    run("git init --quiet --bare -b main '" + repository().string() + "'");
    write(folder_.path() / "passwords", "us:{PLAIN}secret\n");
    // Writing begins with a question for the service git-receive-pack, or is a POST to it.
    write(folder_.path() / "nginx.conf", R"(daemon off;
master_process off;
pid )" + folder + R"(/nginx.pid;
error_log )" + folder + R"(/error.log;
events {}
http {
    access_log off;
    client_body_temp_path )" + folder + R"(/body;
    fastcgi_temp_path )" + folder + R"(/fastcgi;
    proxy_temp_path )" + folder + R"(/proxy;
    uwsgi_temp_path )" + folder + R"(/uwsgi;
    scgi_temp_path )" + folder + R"(/scgi;
    client_max_body_size 0;
    map "$arg_service $uri" $realm {
        default off;
        ~git-receive-pack "writing";
    }
    server {
        listen 127.0.0.1:)" + std::to_string(port_) +
                                             R"(;
        location / {
            auth_basic $realm;
            auth_basic_user_file )" + folder +
                                             R"(/passwords;
            fastcgi_pass unix:)" + folder + R"(/fcgi.sock;
            fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
            fastcgi_param GIT_HTTP_EXPORT_ALL 1;
            fastcgi_param GIT_PROJECT_ROOT )" +
                                             folder + R"(;
            fastcgi_param GIT_CONFIG_COUNT 1;
            fastcgi_param GIT_CONFIG_KEY_0 safe.directory;
            fastcgi_param GIT_CONFIG_VALUE_0 *;
            fastcgi_param PATH_INFO $uri;
            fastcgi_param REMOTE_USER $remote_user;
            fastcgi_param QUERY_STRING $query_string;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param CONTENT_TYPE $content_type;
            fastcgi_param CONTENT_LENGTH $content_length;
        }
    }
}
)");
    start();
}

std::string GitHttpHost::url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/mirror.git";
}

fs::path GitHttpHost::repository() const { return folder_.path() / "mirror.git"; }

void GitHttpHost::stop() {
    nginx_.kill();
    fcgi_.kill();
}

void GitHttpHost::start() {
    const std::string folder = folder_.path().string();
    fs::remove(folder_.path() / "fcgi.sock");
    fcgi_ = Service({"/usr/sbin/fcgiwrap", "-c", "2", "-s", "unix:" + folder + "/fcgi.sock"});
    for (int tries = 0; tries < 1000 && !fs::exists(folder_.path() / "fcgi.sock"); ++tries)
        ::poll(nullptr, 0, 10);
    nginx_ = Service({"/usr/sbin/nginx", "-p", folder, "-c", folder + "/nginx.conf", "-e",
                      folder + "/error.log"});
    if (!await_listener(port_)) throw std::runtime_error("nginx does not start");
}

GitSshHost::GitSshHost() : port_(free_port()) {
    const fs::path folder = folder_.path();
    run("git init --quiet --bare -b main '" + repository().string() + "'");
    for (const char* key : {"host", "user"})
        run("ssh-keygen -q -t ed25519 -N '' -f '" + (folder / key).string() + "'");
    fs::copy_file(folder / "user.pub", folder / "authorized");
    std::ifstream public_key(folder / "host.pub");
    std::string type;
    std::string key;
    public_key >> type >> key;
    write(folder / "known", "[127.0.0.1]:" + std::to_string(port_) + " " + type + " " + key + "\n");
    write(folder / "nobody", "");
    write(folder / "sshd.conf", "Port " + std::to_string(port_) +
                                    "\nListenAddress 127.0.0.1\nHostKey " +
                                    (folder / "host").string() + "\nAuthorizedKeysFile " +
                                    (folder / "authorized").string() +
                                    "\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
                                    "PermitRootLogin yes\nPidFile " +
                                    (folder / "pid").string() + "\n");
    // Where sshd wants an empty folder; the package's own service makes it otherwise.
    std::error_code ignored;
    fs::create_directories("/run/sshd", ignored);
    sshd_ = Service({"/usr/sbin/sshd", "-D", "-f", (folder / "sshd.conf").string()});
    if (!await_listener(port_)) throw std::runtime_error("sshd does not start");
}

std::string GitSshHost::url() const {
    const passwd* us = ::getpwuid(::getuid());
    return "ssh://" + std::string(us->pw_name) + "@127.0.0.1:" + std::to_string(port_) +
           repository().string();
}

fs::path GitSshHost::repository() const { return folder_.path() / "mirror.git"; }

std::string GitSshHost::command() const {
    return "ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes "
           "-o UserKnownHostsFile='" +
           (folder_.path() / "known").string() + "' -i '" + (folder_.path() / "user").string() +
           "'";
}

std::string GitSshHost::command_of_a_stranger() const {
    return "ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes "
           "-o UserKnownHostsFile='" +
           (folder_.path() / "nobody").string() + "' -i '" + (folder_.path() / "user").string() +
           "'";
}

}  // namespace heliograph::test
