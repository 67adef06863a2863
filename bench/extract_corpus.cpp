// SPDX-License-Identifier: GPL-3.0-or-later
// Extracts the pages of an annotated corpus, for the scorer, and says what it cost beside the parse
// alone.
//
//   extract_corpus FOLDER SET.jsonl [MODELS [learn]] > predictions.jsonl
//
// With MODELS (build/fold_models of scripts/train_blocks.py) each page is judged by
// MODELS/FOLD.txt, the model that has not seen the pages of its "fold".
//
// With "learn" the pages are read twice: first for what those of one host have in common.
//
// SET.jsonl has one page a line with at least "id" and "file" (its path in FOLDER); "url" and
// "charset" are used where they are there.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>

#include "base/date.h"
#include "base/file.h"
#include "extract/block_model.h"
#include "extract/confidence.h"
#include "extract/extract.h"
#include "html/article_html.h"
#include "html/charset.h"
#include "html/dom.h"
#include "html/url.h"

int main(int argc, char** argv) {
    using namespace heliograph;
    using Seconds = std::chrono::duration<double>;
    if (argc < 3 || argc > 5) {
        std::cerr << "usage: extract_corpus FOLDER SET.jsonl [MODELS [learn]]\n";
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    std::ifstream gold(argv[2]);
    std::map<int, extract::BlockModelFile> models;
    html::Document document;
    Seconds parsing{};
    Seconds extracting{};
    std::size_t pages = 0;
    const bool learns = argc == 5;
    extract::HostTemplates templates;
    for (int pass = learns ? 0 : 1; pass < 2; ++pass) {
        gold.clear();
        gold.seekg(0);
        for (std::string line; std::getline(gold, line);) {
            const auto record = nlohmann::json::parse(line);
            const std::string bytes = read_file(folder / record.at("file").get<std::string>());
            const std::string charset = record.value("charset", "");
            const std::string utf8 = html::decode_page(bytes, charset).text;
            extract::Page page{.bytes = bytes, .url = {}, .transport_charset = charset};
            page.url = html::parse_url(record.value("url", "")).value_or(Url{});
            std::optional<extract::BlockModel> model;
            if (argc >= 4) {
                const int fold = record.at("fold").get<int>();
                if (!models.contains(fold)) {
                    const std::string name = std::to_string(fold) + ".txt";
                    auto file = extract::BlockModelFile::parse(
                        read_file(std::filesystem::path(argv[3]) / name));
                    if (!file) {
                        std::cerr << "extract_corpus: '" << name << "' is no model\n";
                        return 3;
                    }
                    models.emplace(fold, std::move(*file));
                }
                model = models.at(fold).model();
                page.model = &*model;
            }
            const auto start = std::chrono::steady_clock::now();
            document.parse(utf8);
            const auto parsed = std::chrono::steady_clock::now();
            if (learns) page.templates = &templates;
            extract::ExtractedPage extracted = extract::extract_page(page);
            const extract::Extraction& extraction = extracted.extraction;
            if (pass == 0) {
                if (std::holds_alternative<Article>(extraction) &&
                    !extracted.notes.sketch.host.empty())
                    templates[extracted.notes.sketch.host].learn(std::move(extracted.notes.sketch));
                continue;
            }
            extracting += std::chrono::steady_clock::now() - parsed;
            parsing += parsed - start;
            ++pages;
            nlohmann::json out;
            out["id"] = record.at("id");
            if (const auto* article = std::get_if<Article>(&extraction)) {
                out["text"] = html::plain_text(article->body);
                out["html"] = article->body;
                out["title"] = article->title;
                out["author"] = article->authors;
                if (article->published) out["date"] = format_rfc3339(*article->published);
                if (article->lead_image) {
                    out["image"] = article->lead_image->url;
                    out["caption"] = article->lead_image->caption;
                    out["credit"] = article->lead_image->credit;
                }
                if (const auto body = article->evidence.find("body");
                    body != article->evidence.end())
                    out["confidence"] = body->second.confidence;
                const auto& signals = extracted.notes.confidence_signals;
                for (std::size_t i = 0; i < signals.size(); ++i)
                    out["signals"].push_back({extract::kSignalNames[i], signals[i]});
            } else {
                const auto& refusal = std::get<extract::Refusal>(extraction);
                out["refused"] = refusal.reason;
                if (!refusal.title.empty()) out["title"] = refusal.title;
                if (refusal.published) out["date"] = format_rfc3339(*refusal.published);
            }
            std::cout << out.dump() << '\n';
        }
    }
    const double count = static_cast<double>(pages);
    fmt::print(stderr, "{} pages: parse {:.3f} ms, extract {:.3f} ms a page, ratio {:.2f}\n", pages,
               1000 * parsing.count() / count, 1000 * extracting.count() / count,
               extracting.count() / parsing.count());
    return 0;
}
