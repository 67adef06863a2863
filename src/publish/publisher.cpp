// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/publisher.h"

#include "publish/archive.h"
#include "publish/directory.h"
#include "publish/git.h"
#include "publish/s3.h"

namespace heliograph::publish {

std::unique_ptr<Publisher> open_publisher(const Target& target, const std::filesystem::path& work,
                                          const std::filesystem::path& config_directory,
                                          const HostBudget& budget, const Clock& clock, Log& log) {
    switch (target.kind) {
        case TargetKind::kGit:
            return open_git(target, work, config_directory, budget, clock, log);
        case TargetKind::kS3:
            return open_s3(target, work, config_directory, clock, log);
        case TargetKind::kArchive:
            return open_archive(target, config_directory);
        case TargetKind::kDirectory:
            break;
    }
    return open_directory(target, config_directory);
}

}  // namespace heliograph::publish
