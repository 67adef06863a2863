// SPDX-License-Identifier: GPL-3.0-or-later
// Mustache templates (mustache.5), made ready once and filled many times.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "render/values.h"

namespace heliograph::render {

// Appends a text as the format of the page asks.
using AppendEscaped = void (*)(std::string& out, std::string_view text);

// "{{name}}" escaped, "{{{name}}}" and "{{&name}}" as it stands, "{{#name}}…{{/name}}",
// "{{^name}}…{{/name}}", "{{! note}}", "{{> file}}". A name that is not found is empty. Of a line
// on which a section stands nothing is left, not even its end, when it comes out as nothing but
// white space.
class Template {
  public:
    // A name and its text.
    using Constants = std::map<std::string, std::string, std::less<>>;

    // Gives the template of a name after ">".
    using Reader = std::function<Result<Template>(std::string_view name)>;

    // Errors: kConfig, "<name>:<line>: …", for a tag or section without its end and for what is not
    // of the above; those of `read`.
    [[nodiscard]] static Result<Template> parse(std::string_view name, std::string_view source,
                                                const Reader& read);

    // What is in no values may be among the constants. May be called from several threads.
    [[nodiscard]] std::string fill(const Values& values, const Constants& constants,
                                   AppendEscaped escape) const;

  private:
    enum class Kind : std::uint8_t { kText, kEscaped, kRaw, kSection, kInverted };
    struct Step {
        Kind kind = Kind::kText;
        std::string text;                            // what stands there, or a name
        std::size_t first_line = std::string::npos;  // of a text: where its first line ends
        std::size_t last_line = std::string::npos;   // and where the last one that ends does
        std::size_t after = 0;                       // of a section: the step after its own
    };
    class Parser;
    class Filler;

    std::vector<Step> steps_;
};

}  // namespace heliograph::render
