// SPDX-License-Identifier: GPL-3.0-or-later
// Entries and articles as the JSON texts the store keeps them in.
#pragma once

#include <string>
#include <vector>

#include "model/article.h"
#include "model/entry.h"
#include "model/list.h"

namespace heliograph::store {

[[nodiscard]] std::string write_entry(const Entry& entry);
// Throws SystemError for what write_entry did not make.
[[nodiscard]] Entry read_entry(std::string json);

// The fields of an article that have no column of their own (store/schema.h): JSON, packed.
[[nodiscard]] std::string write_document(const Article& article);
// Fills those fields. Throws SystemError for what write_document did not make.
void read_document(const std::string& bytes, Article& article);
// The tags alone, which takes a fraction of the time; throws in the same way.
[[nodiscard]] std::vector<std::string> read_tags(const std::string& bytes);

// Where an article stood, for the log of changes.
[[nodiscard]] std::string write_place(const Place& place);
// Throws SystemError for what write_place did not make.
[[nodiscard]] Place read_place(std::string json);

}  // namespace heliograph::store
