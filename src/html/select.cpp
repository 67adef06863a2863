// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/select.h"

#include <lexbor/css/css.h>
#include <lexbor/selectors/selectors.h>
#include <new>

#include "base/handle.h"

namespace heliograph::html {
namespace {

struct DestroyParser {
    void operator()(lxb_css_parser_t* parser) const noexcept {
        lxb_css_parser_destroy(parser, true);
    }
};
struct DestroySelectors {
    void operator()(lxb_selectors_t* selectors) const noexcept {
        lxb_selectors_destroy(selectors, true);
    }
};
struct DestroyList {
    void operator()(lxb_css_selector_list_t* list) const noexcept {
        lxb_css_selector_list_destroy_memory(list);
    }
};
using List = std::unique_ptr<lxb_css_selector_list_t, DestroyList>;

void check(lxb_status_t status) {
    if (status != LXB_STATUS_OK) throw std::bad_alloc();
}

List parse(const std::string& selectors) {
    const std::unique_ptr<lxb_css_parser_t, DestroyParser> parser(lxb_css_parser_create());
    check(lxb_css_parser_init(parser.get(), nullptr));
    return List(lxb_css_selectors_parse(
        parser.get(), reinterpret_cast<const lxb_char_t*>(selectors.data()), selectors.size()));
}

// A callback of C: it must not throw.
lxb_status_t take(lxb_dom_node_t* node, lxb_css_selector_specificity_t /*specificity*/,
                  void* context) noexcept {
    auto& out = *static_cast<std::vector<Node>*>(context);
    if (out.size() == kMaxSelected) return LXB_STATUS_STOP;
    try {
        out.emplace_back(node);
    } catch (const std::bad_alloc&) {
        return LXB_STATUS_ERROR_MEMORY_ALLOCATION;
    }
    return LXB_STATUS_OK;
}

}  // namespace

Result<std::vector<Node>> select(Node root, const std::string& selectors) {
    const List list = parse(selectors);
    if (!list) return fail(ErrorCode::kConfig, "'" + selectors + "' is no CSS selector");
    const std::unique_ptr<lxb_selectors_t, DestroySelectors> finder(lxb_selectors_create());
    check(lxb_selectors_init(finder.get()));
    lxb_selectors_opt_set(finder.get(), LXB_SELECTORS_OPT_MATCH_FIRST);
    std::vector<Node> out;
    lxb_selectors_find(finder.get(), root.raw(), list.get(), take, &out);
    return out;
}

bool is_selector_list(const std::string& selectors) { return parse(selectors) != nullptr; }

}  // namespace heliograph::html
