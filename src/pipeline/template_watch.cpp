// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/template_watch.h"

#include <utility>

namespace heliograph::pipeline {
namespace {

// Sketches of a host that are kept in one run, some 3 KB each: an archive has thousands of pages.
constexpr std::size_t kMaxNews = 200;

std::string setting_of(const std::string& host) { return "template " + host; }

}  // namespace

TemplateWatch::Host& TemplateWatch::load(const std::string& host) {
    auto [found, is_new] = hosts_.try_emplace(host);
    if (is_new)
        found->second.known.emplace(host,
                                    extract::HostTemplate::read(store_.setting(setting_of(host))));
    return found->second;
}

const extract::HostTemplates& TemplateWatch::of_host(std::string_view host) {
    return load(std::string(extract::template_host(host))).known;
}

void TemplateWatch::note(const std::string& url, extract::PageSketch page) {
    if (page.host.empty()) return;
    Host& host = load(page.host);
    if (host.news.size() < kMaxNews) host.news.emplace(url, std::move(page));
}

std::vector<Failure> TemplateWatch::settle() {
    std::vector<Failure> out;
    for (auto& [name, host] : hosts_) {
        if (host.news.empty()) continue;
        extract::HostTemplate learned = host.known.at(name);
        // A first run takes the pages in no order of time: which design is newer nobody can say.
        const bool was_known = learned.pages() > 0;
        bool is_redesigned = false;
        for (auto& [url, page] : host.news) is_redesigned |= learned.learn(std::move(page));
        if (is_redesigned && was_known)
            out.push_back({name,
                           "the last pages look unlike all before: if the site has a new design, "
                           "see whether its articles are whole"});
        store_.set_setting(setting_of(name), learned.write());
    }
    return out;
}

}  // namespace heliograph::pipeline
