// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/hugo_site.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>

#include "base/date.h"
#include "base/file.h"

namespace heliograph::bench {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

constexpr std::string_view kConfiguration = R"(
baseURL = "https://mirror.example/"
languageCode = "en"
title = "Bench mirror"
paginate = 50
disableKinds = ["404"]
uglyURLs = true
[taxonomies]
section = "sections"
month = "months"
tag = "tags"
[outputs]
page = ["HTML"]
home = ["HTML", "RSS"]
section = ["HTML", "RSS"]
taxonomy = ["HTML"]
term = ["HTML", "RSS"]
[services.rss]
limit = 30
)";

constexpr std::string_view kBase = R"(<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ .Title }} – {{ site.Title }}</title>
<style>{{ partialCached "style.html" . | safeCSS }}</style>
</head>
<body>
<header class="bar"><nav aria-label="Menu"><a href="/index.html">Home</a> {{ partialCached "menu.html" . }}</nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer><section class="share"><h2>Pass this page on</h2><p>Scan the code or copy this address</p>
<p class="address"><a href="{{ .Permalink }}" dir="ltr">{{ .Permalink }}</a></p></section>
<p class="bar">{{ partialCached "menu.html" . }}</p></footer>
</body>
</html>
)";

constexpr std::string_view kMenu =
    R"({{ range site.Taxonomies.sections }}<a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ end }})";

constexpr std::string_view kSingle = R"({{ define "main" }}<article>
<h1>{{ .Title }}</h1>
<div class="meta"><p><b><bdi>{{ .Params.publisher }}</bdi></b> · By {{ range .Params.authors }}<bdi>{{ . }}</bdi>{{ end }}</p>
<p>Published <time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "2006-01-02 15:04" }} UTC</time></p></div>
{{ .Content }}
<p class="tags">Topics: {{ range .Params.tags }}<a href="/tags/{{ . | urlize }}.html"><bdi>{{ . }}</bdi></a> · {{ end }}</p>
</article>
<p class="source">Original article: <a href="{{ .Params.original }}">{{ .Params.original }}</a></p>{{ end }}
)";

constexpr std::string_view kList = R"({{ define "main" }}<h1>{{ .Title }}</h1>
<ol class="entries">
{{ $pages := .RegularPages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end }}{{ if eq .Kind "term" }}{{ $pages = .Pages }}{{ end }}
{{ $paginator := .Paginate $pages }}{{ range $paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><p class="when"><bdi>{{ .Params.publisher }}</bdi> · <time>{{ .Date.Format "2006-01-02" }}</time></p></li>
{{ end }}</ol>
<p class="more">{{ with $paginator.Prev }}<a href="{{ .URL }}">Newer</a> {{ end }}{{ with $paginator.Next }}<a href="{{ .URL }}">Older</a>{{ end }}</p>{{ end }}
)";

constexpr std::string_view kTerms = R"({{ define "main" }}<h1>{{ .Title }}</h1>
<ul class="archive">{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
)";

}  // namespace

void write_hugo_site(const Config& config, store::Store& store, const std::string& style,
                     const fs::path& folder) {
    const auto write = [&](const fs::path& path, std::string_view text) {
        make_directories((folder / path).parent_path());
        write_new_file(folder / path, text);
    };
    write("config.toml", kConfiguration);
    write("layouts/_default/baseof.html", kBase);
    write("layouts/_default/single.html", kSingle);
    write("layouts/_default/list.html", kList);
    write("layouts/_default/terms.html", kTerms);
    write("layouts/partials/menu.html", kMenu);
    write("layouts/partials/style.html", style);
    for (const ArticleSummary& summary : store.listed()) {
        const auto article = store.article(summary.id);
        const std::string day = format_day(*summary.published);
        json front = {
            {"title", article->title},        {"date", format_rfc3339(*summary.published)},
            {"publisher", summary.publisher}, {"authors", article->authors},
            {"original", article->url},       {"months", {day.substr(0, 7)}},
            {"tags", article->tags}};
        for (const std::string& section : summary.sections)
            for (const Section& known : config.mirror.sections)
                if (known.key == section) front["sections"].push_back(known.name);
        write(fmt::format("content/articles/{}/{}/{}.html", day.substr(0, 4), day.substr(5, 2),
                          summary.id),
              front.dump() + "\n" + article->body);
    }
}

}  // namespace heliograph::bench
