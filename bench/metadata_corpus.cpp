// SPDX-License-Identifier: GPL-3.0-or-later
// Predicts the metadata of the pages of an annotated corpus, for the scorer, and says what it cost.
//
//   metadata_corpus FOLDER SET.jsonl > predictions.jsonl
//
// SET.jsonl has one page a line with at least "id" and "file" (its path in FOLDER); "url" and
// "charset" are used where they are there.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/file.h"
#include "extract/metadata.h"
#include "html/charset.h"
#include "html/url.h"

int main(int argc, char** argv) {
    using namespace heliograph;
    using Seconds = std::chrono::duration<double>;
    if (argc != 3) {
        std::cerr << "usage: metadata_corpus FOLDER SET.jsonl\n";
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    std::ifstream gold(argv[2]);
    html::Document document;
    Seconds parsing{};
    Seconds reading{};
    std::size_t pages = 0;
    for (std::string line; std::getline(gold, line);) {
        const auto record = nlohmann::json::parse(line);
        const std::string bytes = read_file(folder / record.at("file").get<std::string>());
        const auto decoded = html::decode_page(bytes, record.value("charset", ""));
        const Url url = html::parse_url(record.value("url", "")).value_or(Url{});
        const auto start = std::chrono::steady_clock::now();
        document.parse(decoded.text, html::Code::kLeaveOut);
        const auto parsed = std::chrono::steady_clock::now();
        const extract::Metadata metadata = extract::read_metadata(document, url, nullptr);
        reading += std::chrono::steady_clock::now() - parsed;
        parsing += parsed - start;
        ++pages;
        nlohmann::json out;
        out["id"] = record.at("id");
        out["title"] = metadata.title;
        out["author"] = metadata.authors;
        if (metadata.published) out["date"] = format_rfc3339(*metadata.published);
        if (metadata.updated) out["updated"] = format_rfc3339(*metadata.updated);
        if (metadata.lead_image) {
            out["image"] = metadata.lead_image->url;
            out["caption"] = metadata.lead_image->caption;
            out["credit"] = metadata.lead_image->credit;
            out["alt"] = metadata.lead_image->alt;
        }
        out["language"] = metadata.language;
        out["section"] = metadata.section;
        out["tags"] = metadata.tags;
        out["standfirst"] = metadata.standfirst;
        for (const auto& [field, evidence] : metadata.evidence)
            out["evidence"][field] = fmt::format("{} {:.2f}", evidence.source, evidence.confidence);
        std::cout << out.dump() << '\n';
    }
    fmt::print(stderr, "{} pages, parse {:.3f} ms a page, metadata {:.3f} ms a page\n", pages,
               1000 * parsing.count() / static_cast<double>(pages),
               1000 * reading.count() / static_cast<double>(pages));
    return 0;
}
