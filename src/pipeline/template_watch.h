// SPDX-License-Identifier: GPL-3.0-or-later
// What is learned of each host's template from run to run, and whether its pages still match that.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/host_template.h"
#include "pipeline/report.h"
#include "store/store.h"

namespace heliograph::pipeline {

class TemplateWatch {
  public:
    // `store` outlives this.
    explicit TemplateWatch(store::Store& store) : store_(store) {}

    // What was known of the host when the run began; the same all along, so that an article does
    // not depend on which page was faster. Valid as long as this; workers may read it.
    [[nodiscard]] const extract::HostTemplates& of_host(std::string_view host);

    // The page at `url` gave an article. It is for the next run.
    void note(const std::string& url, extract::PageSketch page);

    // Learns and stores what was noted, and tells of each host whose pages have a new design.
    [[nodiscard]] std::vector<Failure> settle();

  private:
    struct Host {
        extract::HostTemplates known;                     // of this host alone
        std::map<std::string, extract::PageSketch> news;  // by address, for a fixed order
    };
    Host& load(const std::string& host);

    store::Store& store_;
    std::map<std::string, Host> hosts_;
};

}  // namespace heliograph::pipeline
