// SPDX-License-Identifier: GPL-3.0-or-later
// Entries and articles as the JSON texts the store keeps them in.
#pragma once

#include <string>

#include "model/article.h"
#include "model/entry.h"

namespace heliograph::store {

[[nodiscard]] std::string write_entry(const Entry& entry);
// Throws SystemError for what write_entry did not make.
[[nodiscard]] Entry read_entry(const std::string& json);

// The fields of an article that have no column of their own (store/schema.h).
[[nodiscard]] std::string write_document(const Article& article);
// Fills those fields. Throws SystemError for what write_document did not make.
void read_document(const std::string& json, Article& article);

}  // namespace heliograph::store
