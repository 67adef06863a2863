#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a file of src/ includes what its room may not.

A room may include its own headers, those of the rooms its CMakeLists.txt names after DEPS, and the
foreign headers of the libraries it names after LIBS. A file that uses a name of HEADERS_OF_NAMES must
include its header.
It first breaks the rule on purpose in a tree of its own, to know that it would see it.
"""
import pathlib
import re
import sys
import tempfile

# Foreign headers by their beginning, and the CMake target that brings them. Headers of C++, POSIX
# and libraries without a CMake target of ours are nobody's.
LIBRARIES = {
    'lexbor/': 'PkgConfig::lexbor',
    'libpsl.h': 'PkgConfig::psl',
    'curl/': 'PkgConfig::curl',
    'libxml/': 'PkgConfig::libxml2',
    'vips/': 'PkgConfig::vips',
    'sqlite3.h': 'PkgConfig::sqlite3',
    'qrcodegen.hpp': 'PkgConfig::qrcodegen',
    'png.h': 'PkgConfig::png',
    'opencc/': 'PkgConfig::opencc',
    'md5.h': 'PkgConfig::md',
    'openssl/': 'PkgConfig::crypto',
    'sodium': 'PkgConfig::sodium',
    'brotli/': 'PkgConfig::brotli',
    'unicode/': 'PkgConfig::icu-uc',
    'zlib.h': 'ZLIB::ZLIB',
    'zip.h': 'PkgConfig::libzip',
    'zstd.h': 'PkgConfig::zstd',
    'toml++/': 'PkgConfig::tomlplusplus',
    'nlohmann/': 'nlohmann_json::nlohmann_json',
    'rapidjson/': 'PkgConfig::rapidjson',
    'boost/': 'Boost::headers',
    'CLI/': 'CLI11::CLI11',
    'spdlog/': 'spdlog::spdlog',
}
# Names that some releases of a library declare in another header only, and that header.
HEADERS_OF_NAMES = {
    'fmt::join(': 'fmt/ranges.h',  # fmt 11; fmt 9 has it in fmt/format.h too
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)


def declared(room_folder):
    """(DEPS, LIBS) of the heliograph_room() call of a room."""
    text = (room_folder / 'CMakeLists.txt').read_text()
    text = re.sub(r'#.*', '', text)
    words = re.search(r'heliograph_room\(([^)]*)\)', text).group(1).split()
    lists, current = {'SOURCES': [], 'DEPS': [], 'LIBS': []}, None
    for word in words[1:]:
        if word in lists:
            current = lists[word]
        else:
            current.append(word)
    return set(lists['DEPS']), set(lists['LIBS'])


def check(source):
    """Every breach under the folder `source`, as lines for people."""
    rooms = {p.parent.name: declared(p.parent) for p in sorted(source.glob('*/CMakeLists.txt'))}
    order = re.search(r'foreach\(room ([^)]*)\)', (source / 'CMakeLists.txt').read_text()).group(1).split()
    breaches = []
    for room, (deps, libs) in rooms.items():
        for dep in sorted(deps):
            if order.index(dep) > order.index(room):
                breaches.append(f'{room}/CMakeLists.txt: stands on {dep}, which is above it')
        for path in sorted((source / room).rglob('*')):
            if path.suffix not in ('.h', '.cpp'):
                continue
            text = path.read_text()
            for name, header in HEADERS_OF_NAMES.items():
                if name in text and header not in INCLUDE.findall(text):
                    breaches.append(f'{path.relative_to(source)}: uses {name.rstrip("(")} without including <{header}>')
            for included in INCLUDE.findall(text):
                first = included.split('/')[0]
                if '/' in included and first in rooms:
                    if first != room and first not in deps:
                        breaches.append(f'{path.relative_to(source)}: includes "{included}", but {room} does not stand on {first}')
                    continue
                for beginning, library in LIBRARIES.items():
                    if included.startswith(beginning):
                        if library not in libs:
                            breaches.append(f'{path.relative_to(source)}: includes <{included}>, but {room} does not face {library}')
    return breaches


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        (copy / 'CMakeLists.txt').write_text('foreach(room base html fetch)\n')
        for room, line in (('base', 'heliograph_room(base)'), ('html', 'heliograph_room(html DEPS base LIBS PkgConfig::lexbor)'),
                           ('fetch', 'heliograph_room(fetch DEPS base)')):
            (copy / room).mkdir()
            (copy / room / 'CMakeLists.txt').write_text(line)
        (copy / 'html/a.cpp').write_text('#include <lexbor/html/html.h>\n#include "base/result.h"\n')
        assert check(copy) == [], check(copy)
        (copy / 'fetch/a.cpp').write_text('#include "html/dom.h"\n#include <lexbor/html/html.h>\n')
        assert len(check(copy)) == 2, check(copy)
        (copy / 'base/CMakeLists.txt').write_text('heliograph_room(base DEPS html)')
        assert len(check(copy)) == 3, check(copy)
        (copy / 'base/a.cpp').write_text('#include <fmt/format.h>\nfmt::join(a, b)\n')
        assert len(check(copy)) == 4, check(copy)


def main():
    source = pathlib.Path(__file__).resolve().parent.parent / 'src'
    self_test()
    breaches = check(source)
    for line in breaches:
        print('layers:', line, file=sys.stderr)
    return 1 if breaches else 0


if __name__ == '__main__':
    sys.exit(main())
