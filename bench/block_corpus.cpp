// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what the judge of blocks is trained on: the blocks of annotated pages as numbers.
//
//   block_corpus FOLDER SET.jsonl NUMBERS > texts.jsonl
//
// NUMBERS gets kFeatures floats a block; the standard output one line a page: its id, and the text
// of each of those blocks.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/file.h"
#include "base/utf8.h"
#include "extract/block_features.h"
#include "extract/hidden_text.h"
#include "extract/metadata.h"
#include "extract/notices.h"
#include "extract/page_table.h"
#include "extract/selection.h"
#include "html/charset.h"
#include "html/dom.h"
#include "html/url.h"

int main(int argc, char** argv) {
    using namespace heliograph;
    if (argc != 4) {
        std::cerr << "usage: block_corpus FOLDER SET.jsonl NUMBERS > texts.jsonl\n";
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    std::ifstream gold(argv[2]);
    std::ofstream numbers(argv[3], std::ios::binary);
    html::Document document;
    for (std::string line; std::getline(gold, line);) {
        const auto record = nlohmann::json::parse(line);
        const std::string bytes = read_file(folder / record.at("file").get<std::string>());
        const std::string utf8 = html::decode_page(bytes, record.value("charset", "")).text;
        document.parse(utf8);
        const Url url = html::parse_url(record.value("url", "")).value_or(Url{});
        const extract::Metadata metadata = extract::read_metadata(document, url, nullptr);
        extract::PageTable table(document, utf8);
        extract::remove_hidden_text(table, metadata.title_node);
        extract::name_cookie_notices(table, metadata.title_node);
        const std::string machine_body = collapse_space(metadata.json_ld_body);
        const extract::Clues clues{.title = metadata.title,
                                   .body = machine_body,
                                   .title_node = metadata.title_node,
                                   .byline_node = metadata.byline_node,
                                   .standfirst_node = metadata.standfirst_node};
        const extract::Selection rules = extract::select_by_rules(table, clues);
        const auto blocks = extract::blocks_to_judge(table, rules);
        const auto features = extract::block_features(table, clues, rules, blocks);
        nlohmann::json texts = nlohmann::json::array();
        nlohmann::json keep = nlohmann::json::array();
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            std::string text;
            const extract::Block& block = table.blocks[blocks[i]];
            for (std::uint32_t t = block.first_text; t < block.end_text; ++t)
                text += table.texts[t].text();
            texts.push_back(collapse_space(text));
            keep.push_back(rules.keep[blocks[i]] ? 1 : 0);
            numbers.write(reinterpret_cast<const char*>(features[i].data()),
                          sizeof(extract::Features));
        }
        std::cout
            << nlohmann::json{{"id", record.at("id")}, {"texts", texts}, {"keep", keep}}.dump()
            << '\n';
    }
    return 0;
}
