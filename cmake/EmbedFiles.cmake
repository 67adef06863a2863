# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -D OUTPUT=x.cpp -D FOLDER=dir -D "FILES=a|b" -P EmbedFiles.cmake: writes a C++ file with the text
# of each FOLDER/FILE, so that the program runs alone. It defines what render/embedded.h declares.
string(REPLACE "|" ";" names "${FILES}")
set(text "// Made by cmake/EmbedFiles.cmake.\n#include \"render/embedded.h\"\n\n")
string(APPEND text "namespace heliograph::render {\n\nstd::span<const EmbeddedFile> embedded_files() {\n")
string(APPEND text "    static constexpr EmbeddedFile kFiles[] = {\n")
foreach(name IN LISTS names)
    file(READ "${FOLDER}/${name}" content)
    string(APPEND text "{\"${name}\", R\"HELIOGRAPH(${content})HELIOGRAPH\"},\n")
endforeach()
string(APPEND text "    };\n    return kFiles;\n}\n\n}  // namespace heliograph::render\n")
file(WRITE "${OUTPUT}" "${text}")
