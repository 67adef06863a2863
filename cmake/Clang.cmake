# SPDX-License-Identifier: GPL-3.0-or-later
# Toolchain of the clang presets: version 19, which CI uses, otherwise the release's own clang.
find_program(HELIOGRAPH_CLANG NAMES clang++-19 clang++ REQUIRED)
set(CMAKE_CXX_COMPILER ${HELIOGRAPH_CLANG})
