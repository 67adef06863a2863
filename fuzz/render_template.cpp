// SPDX-License-Identifier: GPL-3.0-or-later
// A template of a theme is filled, or the error names its file and a line of it.
#include "render/template.h"

#include <string>

#include "fuzz/property.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace heliograph;
    using render::Values;
    const std::string_view source = fuzz::as_text(data, size);
    const auto made = render::Template::parse("a", source, [](std::string_view name) {
        return render::Template::parse("b", name, [](std::string_view) {
            return Result<render::Template>(fail(ErrorCode::kConfig, "b:1: a part of a part"));
        });
    });
    if (!made) {
        fuzz::require(made.error().code == ErrorCode::kConfig, "the error is one of configuration");
        fuzz::require(
            made.error().message.starts_with("a:") || made.error().message.starts_with("b:"),
            "the error names the file");
        return 0;
    }
    Values values = Values::object();
    values.set("a", "text\n ");
    values.set("b", true);
    Values list = Values::list();
    for (const char* text : {"1", "2"}) {
        Values item = Values::object();
        item.set("a", text);
        item.set("c", false);  // sections of it within each other would double with each
        list.push_back(std::move(item));
    }
    values.set("c", std::move(list));
    const auto as_it_stands = [](std::string& out, std::string_view text) { out += text; };
    const std::string page = made->fill(values, {{"d", "word"}}, as_it_stands);
    if (source.find("{{") == std::string::npos)
        fuzz::require(page == source, "a text without tags stays as it is");
    return 0;
}
