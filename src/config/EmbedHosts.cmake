# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -D OUTPUT=x.cpp -D INPUT=hosts.toml -P EmbedHosts.cmake: writes what hosts.cpp declares.
file(READ "${INPUT}" content)
set(text "// Made by EmbedHosts.cmake.\n#include <string_view>\n\nnamespace heliograph::config {\n\n")
string(APPEND text "std::string_view shipped_hosts_toml();\n")
string(APPEND text "std::string_view shipped_hosts_toml() {\n    return R\"HELIOGRAPH(${content})HELIOGRAPH\";\n}\n\n")
string(APPEND text "}  // namespace heliograph::config\n")
file(WRITE "${OUTPUT}" "${text}")
