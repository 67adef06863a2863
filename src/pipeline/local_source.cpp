// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/local_source.h"

#include <fmt/format.h>
#include <filesystem>

#include "base/file.h"
#include "base/system_error.h"
#include "source/document.h"

namespace heliograph::pipeline {
namespace fs = std::filesystem;

Result<fetch::Fetched> read_local_source(const Source& source,
                                         const fetch::Validators& validators) {
    std::error_code error;
    const fs::path path = source.path;
    if (!fs::is_regular_file(path, error))
        return fail(ErrorCode::kNotFound,
                    fmt::format("cannot read source '{}': there is no such file", source.path));
    const auto size = fs::file_size(path, error);
    const auto time = fs::last_write_time(path, error).time_since_epoch().count();
    if (size > source::kMaxSourceBytes)
        return fail(ErrorCode::kLimit,
                    fmt::format("cannot read source '{}': it has more than {} MB", source.path,
                                source::kMaxSourceBytes >> 20));
    fetch::Fetched out;
    out.url.href = source.url;
    out.url.scheme = "file";
    out.validators.etag = fmt::format("{}-{}", time, size);
    out.status = validators.etag == out.validators.etag ? 304 : 200;
    if (out.status == 304) return out;
    try {
        out.body = read_file(path);
    } catch (const SystemError& failure) {
        return fail(ErrorCode::kNotFound, failure.what());
    }
    return out;
}

}  // namespace heliograph::pipeline
