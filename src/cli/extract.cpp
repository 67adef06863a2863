// SPDX-License-Identifier: GPL-3.0-or-later
// The command extract: pages to articles, on standard output; needs no configuration.
#include <fmt/format.h>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "extract/explain.h"
#include "html/article_html.h"
#include "html/escape.h"
#include "pipeline/extract_pages.h"
#include "pipeline/site_rules_folder.h"
#include "render/standalone.h"

namespace heliograph::cli {
namespace {

using nlohmann::ordered_json;
using pipeline::PageOutcome;

// Many readers of lines, such as Python's str.splitlines, end one at U+2028 and U+2029, which JSON
// allows in strings: these two are escaped. Outside of strings all is ASCII.
std::string one_line(const ordered_json& object) {
    const std::string json = object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    std::string out;
    out.reserve(json.size() + 1);
    std::string_view rest = json;
    for (std::size_t at = rest.find("\xE2\x80"); at != std::string_view::npos;
         at = rest.find("\xE2\x80")) {
        const std::string_view letter = rest.substr(at, 3);
        out += rest.substr(0, at);
        out += letter == "\u2028" ? "\\u2028" : letter == "\u2029" ? "\\u2029" : letter;
        rest.remove_prefix(at + letter.size());
    }
    out += rest;
    return out += '\n';
}

ordered_json json_date(const std::optional<DateTime>& time) {
    return time ? ordered_json(format_rfc3339(*time)) : ordered_json();
}

ordered_json json_image(const std::optional<LeadImage>& image) {
    if (!image) return {};
    return {{"url", image->url},
            {"alt", image->alt},
            {"caption", image->caption},
            {"credit", image->credit}};
}

// One object a line. A page without an article has "fate" and "reason" instead of the fields, and
// what it says of itself.
std::string to_json_line(const PageOutcome& page) {
    ordered_json out = {{"file", page.name}};
    if (!page.page) {
        out["fate"] = "failed";
        out["reason"] = page.page.error().message;
    } else if (const auto* refusal = std::get_if<extract::Refusal>(&page.page->extraction)) {
        out["fate"] = to_string(refusal->fate);
        out["reason"] = refusal->reason;
        if (!refusal->title.empty()) out["title"] = refusal->title;
        if (refusal->published) out["published"] = json_date(refusal->published);
    } else {
        const Article& article = std::get<Article>(page.page->extraction);
        out["url"] = article.canonical_url;
        out["title"] = article.title;
        out["authors"] = article.authors;
        out["published"] = json_date(article.published);
        out["updated"] = json_date(article.updated);
        out["lang"] = article.language;
        out["image"] = json_image(article.lead_image);
        out["standfirst"] = article.standfirst;
        out["site_name"] = article.site_name;
        out["section"] = article.section;
        out["is_accessible_for_free"] = article.is_accessible_for_free
                                            ? ordered_json(*article.is_accessible_for_free)
                                            : ordered_json();
        const extract::PageNotes& notes = page.page->notes;
        out["amp_url"] = notes.amp_url;
        out["next_page_url"] = notes.next_page_url;
        out["tags"] = article.tags;
        out["text"] = html::plain_text(article.body);
        out["html"] = extract::with_data_urls(article.body, notes.data_images);
        auto provenance = ordered_json::object();
        for (const auto& [field, evidence] : article.evidence)
            provenance[field] = {{"source", evidence.source}, {"confidence", evidence.confidence}};
        out["provenance"] = std::move(provenance);
    }
    return one_line(out);
}

// What the page is in the named format; empty for a page without an article.
std::string to_format(const PageOutcome& page, ExtractFormat format) {
    if (!page.page) return "";
    const auto* article = std::get_if<Article>(&page.page->extraction);
    if (article == nullptr) return "";
    switch (format) {
        case ExtractFormat::kMarkdown:
            return render::to_markdown(*article);
        case ExtractFormat::kHtml:
            return fmt::format(
                "<h1>{}</h1>\n{}", html::escape_text(article->title),
                extract::with_data_urls(article->body, page.page->notes.data_images));
        case ExtractFormat::kText:
            return fmt::format("{}\n\n{}\n", article->title, html::plain_text(article->body));
        case ExtractFormat::kJsonLines:
            break;
    }
    return to_json_line(page);
}

// Why a page gave nothing; empty when it gave an article.
std::string complaint(const PageOutcome& page) {
    if (!page.page) return page.page.error().message;
    const auto* refusal = std::get_if<extract::Refusal>(&page.page->extraction);
    if (refusal == nullptr) return "";
    return fmt::format("'{}': {}: {}", page.name, to_string(refusal->fate), refusal->reason);
}

// Requests from a file, a line each, with tabs between a name, its address and its charset, the
// latter two if known; "-" is standard input. nullopt when there is no such file.
std::optional<std::vector<pipeline::PageRequest>> read_list(const std::string& file) {
    std::ifstream stream;
    if (file != "-") {
        stream.open(file);
        if (!stream) return std::nullopt;
    }
    std::istream& lines = file == "-" ? std::cin : stream;
    std::vector<pipeline::PageRequest> requests;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty()) continue;
        pipeline::PageRequest request;
        std::istringstream fields(line);
        std::getline(fields, request.name, '\t');
        std::getline(fields, request.url, '\t');
        std::getline(fields, request.charset, '\t');
        requests.push_back(std::move(request));
    }
    return requests;
}

// Reads the pages once for what those of one host have in common. They are learned in their order,
// whichever was read first.
extract::HostTemplates learn_templates(const std::vector<pipeline::PageRequest>& requests,
                                       const ExtractOptions& options, const SiteRules& rules,
                                       const Clock& clock, Log& log) {
    std::map<std::string, extract::PageSketch> sketches;  // by name of the page
    std::mutex mutex;                                     // of sketches
    const extract::HostTemplates nothing;
    auto next = requests.begin();
    pipeline::extract_pages(
        [&]() -> std::optional<pipeline::PageRequest> {
            return next == requests.end() ? std::nullopt : std::optional(*next++);
        },
        {.fetch = {},
         .allow_private = options.allow_private,
         .templates = &nothing,
         .rules = options.rules.empty() ? nullptr : &rules},
        clock, log,
        [&](const PageOutcome& page) {
            if (page.page && std::holds_alternative<Article>(page.page->extraction)) {
                const std::scoped_lock lock(mutex);
                sketches[page.name] = page.page->notes.sketch;
            }
            return std::string();
        },
        [](const std::string& /*text*/) {});
    extract::HostTemplates templates;
    for (const pipeline::PageRequest& request : requests) {
        const auto sketch = sketches.find(request.name);
        if (sketch != sketches.end() && !sketch->second.host.empty())
            templates[sketch->second.host].learn(sketch->second);
    }
    return templates;
}

}  // namespace

int extract(const CommonOptions& common, const ExtractOptions& options) {
    std::vector<pipeline::PageRequest> asked;
    for (const std::string& name : options.pages)
        asked.push_back({.name = name, .url = options.url, .charset = options.charset});
    if (!options.list.empty()) {
        const auto listed = read_list(options.list);
        if (!listed) {
            complain(fmt::format("cannot read the list '{}'", options.list));
            return kBadUsage;
        }
        asked.insert(asked.end(), listed->begin(), listed->end());
    }
    const std::vector<pipeline::PageRequest> requests = pipeline::expand_folders(asked);
    if (requests.empty() && options.warc.empty()) {
        complain("no page to extract: name files, folders, addresses or --warc");
        return kBadUsage;
    }
    if (options.explain && (requests.size() != 1 || !options.warc.empty())) {
        complain("--explain needs exactly one page: a file or an address");
        return kBadUsage;
    }
    SiteRules rules;
    if (!options.rules.empty()) {
        auto read = pipeline::read_site_rules(options.rules);
        if (!read) {
            complain(read.error().message);
            return kBadUsage;
        }
        rules = *std::move(read);
    }
    const ExtractFormat format =
        options.json_lines || common.json ? ExtractFormat::kJsonLines : options.format;
    const auto clock = make_clock();
    const auto log = make_log(common);
    std::size_t asked_for = 0;
    std::size_t articles = 0;
    bool is_whole = true;  // every WARC file was read to its end
    const pipeline::NextPage of_warc =
        pipeline::pages_of_warc_files(options.warc, [&](const std::string& problem) {
            complain(problem);
            is_whole = false;
        });
    const auto next_page = [&]() -> std::optional<pipeline::PageRequest> {
        auto next = asked_for < requests.size() ? std::optional(requests[asked_for]) : of_warc();
        if (next) ++asked_for;
        return next;
    };
    extract::HostTemplates templates;
    if (options.learn) templates = learn_templates(requests, options, rules, *clock, *log);
    // Each text begins with a letter that tells main thread what it is: "+" an article's, "-" the
    // reason why there is none, then what is printed in either case.
    pipeline::extract_pages(
        next_page,
        {.fetch = {},
         .allow_private = options.allow_private,
         .templates = options.learn ? &templates : nullptr,
         .rules = options.rules.empty() ? nullptr : &rules,
         .is_traced = options.explain},
        *clock, *log,
        [&](const PageOutcome& page) {
            // A page without an article is explained like any other.
            if (options.explain && page.page)
                return '+' + extract::explain_page(page.name, *page.page, page.trace);
            const std::string why = complaint(page);
            std::string out(1, why.empty() ? '+' : '-');
            out += why.empty()                           ? to_format(page, format)
                   : format == ExtractFormat::kJsonLines ? to_json_line(page)
                                                         : why;
            return out;
        },
        [&](const std::string& text) {
            const bool is_article = text.front() == '+';
            if (is_article) {
                if (articles > 0 && format != ExtractFormat::kJsonLines) std::fputs("\n", stdout);
                ++articles;
            }
            if (is_article || format == ExtractFormat::kJsonLines) {
                std::fwrite(text.data() + 1, 1, text.size() - 1, stdout);
            } else {
                complain(text.substr(1));
            }
        });
    if (std::fflush(stdout) != 0) {
        complain("cannot write to standard output");
        return kNothingDone;
    }
    if (articles == asked_for && articles > 0 && is_whole) return kDone;
    return articles > 0 ? kSomeFailed : kNothingDone;
}

}  // namespace heliograph::cli
