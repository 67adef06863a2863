// SPDX-License-Identifier: GPL-3.0-or-later
// The commands. Each returns an exit code of options.h, prints its answer on standard output and
// everything else on standard error, and may throw SystemError, which main tells.
#pragma once

#include "cli/options.h"

namespace heliograph::cli {

int init(const CommonOptions& common, const InitOptions& options);
int add(const CommonOptions& common, AddOptions options);
int import_pages(const CommonOptions& common, const ImportOptions& options);
int run(const CommonOptions& common, const RunOptions& options);
int plan(const CommonOptions& common, const RunOptions& options);
int move_target(const CommonOptions& common, const MoveOptions& options);
int status(const CommonOptions& common);
// Part of ledger.
int ledger_gaps(const CommonOptions& common, const LedgerOptions& options);
int ledger(const CommonOptions& common, const LedgerOptions& options);
int withdraw(const CommonOptions& common, const WithdrawOptions& options);
int serve(const CommonOptions& common, const ServeOptions& options);
int extract(const CommonOptions& common, const ExtractOptions& options);
int test_rules(const CommonOptions& common, const RulesOptions& options);
int lint(const CommonOptions& common, const LintOptions& options);
int demo(const CommonOptions& common, const DemoOptions& options);

}  // namespace heliograph::cli
