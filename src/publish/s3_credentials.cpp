// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/s3_credentials.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>
#include <sstream>
#include <string>

#include "base/file.h"

namespace heliograph::publish {
namespace fs = std::filesystem;
namespace {

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == text.npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

}  // namespace

Result<S3Credentials> s3_credentials(const Target& target, const fs::path& config_directory) {
    S3Credentials found;
    if (target.s3.credentials.empty()) {
        found = {.access_key = from_environment("AWS_ACCESS_KEY_ID"),
                 .secret_key = from_environment("AWS_SECRET_ACCESS_KEY"),
                 .session_token = from_environment("AWS_SESSION_TOKEN")};
        if (found.access_key.empty() || found.secret_key.empty())
            return fail(ErrorCode::kConfig,
                        "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name "
                        "a file with 'credentials'");
        return found;
    }
    const fs::path file = config_directory / target.s3.credentials;
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0)
        return fail(ErrorCode::kConfig,
                    fmt::format("no credentials: there is no file '{}'", file.string()));
    if ((status.st_mode & 077) != 0)
        return fail(ErrorCode::kConfig,
                    fmt::format("credentials in '{0}' can be read by others: run chmod 600 '{0}'",
                                file.string()));
    std::istringstream lines(read_file(file));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t equals = line.find('=');
        if (equals == std::string::npos) continue;
        const std::string key = trimmed(line.substr(0, equals));
        const std::string value = trimmed(line.substr(equals + 1));
        if (key == "aws_access_key_id") found.access_key = value;
        if (key == "aws_secret_access_key") found.secret_key = value;
        if (key == "aws_session_token") found.session_token = value;
    }
    if (found.access_key.empty() || found.secret_key.empty())
        return fail(ErrorCode::kConfig,
                    fmt::format("no credentials: '{}' needs the lines 'aws_access_key_id = ...' "
                                "and 'aws_secret_access_key = ...'",
                                file.string()));
    return found;
}

}  // namespace heliograph::publish
