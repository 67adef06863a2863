// SPDX-License-Identifier: GPL-3.0-or-later
// Runs every file of a folder through a fuzz target, whole and cut short at some places.
#include <filesystem>
#include <string>

#include "base/file.h"
#include "fuzz/property.h"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: replay FOLDER\n", stderr);
        return 2;
    }
    std::size_t inputs = 0;
    for (const auto& file : std::filesystem::directory_iterator(argv[1])) {
        const std::string bytes = heliograph::read_file(file.path());
        std::fprintf(stderr, "%s\n", file.path().filename().c_str());
        const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
        for (const std::size_t cut : {1, 2, 3, 5, 7, 11})
            LLVMFuzzerTestOneInput(data, bytes.size() / cut);
        ++inputs;
    }
    heliograph::fuzz::require(inputs > 0, "there is at least one input");
    return 0;
}
