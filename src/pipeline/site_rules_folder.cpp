// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/site_rules_folder.h"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

#include "base/file.h"
#include "base/utf8.h"
#include "config/site_rules.h"
#include "html/select.h"

namespace heliograph::pipeline {
namespace fs = std::filesystem;
namespace {

// Two hundred selectors are far below it.
constexpr std::uintmax_t kMaxFileBytes = 1024 * 1024;

void add_line(std::string& text, const std::string& line) {
    if (!text.empty()) text += '\n';
    text += line;
}

}  // namespace

Result<SiteRules> read_site_rules(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return fail(ErrorCode::kNotFound, fmt::format("no file '{}' of site rules", file.string()));
    if (fs::file_size(file, error) > kMaxFileBytes)
        return fail(ErrorCode::kConfig,
                    fmt::format("'{}' has more than {} bytes", file.string(), kMaxFileBytes));
    auto rules = config::parse_site_rules(read_file(file), file.string());
    if (!rules) return rules;
    std::string problems;
    for (const SiteRule& rule : rules->rules)
        if (!html::is_selector_list(rule.selector))
            add_line(problems, to_string(*rules, rule) + " is no CSS selector");
    if (!problems.empty()) return fail(ErrorCode::kConfig, std::move(problems));
    rules->host = ascii_lower(file.stem().string());
    return rules;
}

Result<std::vector<SiteRules>> read_site_rules_folder(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> files;
    auto entry = fs::directory_iterator(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.ends_with(".toml") && !name.starts_with('.')) files.push_back(entry->path());
    }
    if (error)
        return fail(ErrorCode::kConfig, fmt::format("cannot read the folder '{}' of site rules: {}",
                                                    folder.string(), error.message()));
    std::ranges::sort(files);
    std::vector<SiteRules> out;
    std::string problems;
    for (const fs::path& file : files) {
        auto rules = read_site_rules(file);
        if (!rules) {
            add_line(problems, rules.error().message);
        } else if (!rules->host.contains('.') && rules->host != "localhost") {
            add_line(problems, fmt::format("'{}' is not named after a host, such as "
                                           "'daily.example.toml'",
                                           file.string()));
        } else {
            out.push_back(*std::move(rules));
        }
    }
    if (!problems.empty()) return fail(ErrorCode::kConfig, std::move(problems));
    return out;
}

}  // namespace heliograph::pipeline
