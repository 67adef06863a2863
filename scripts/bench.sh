#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the benchmarks of build/bench/run, or those named: a line a figure (name, value, yardstick in the
# same run, ratio, target, met or missed). Exit 1 when one is missed. Called by ./dev bench.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
corpus=../shared/corpus/extraction
status=0

# The pages that extraction is measured with: one set of the development corpora, else our own demo.
pages() {
    local cache=build/corpus
    if [ -e "$corpus/naeb.tar.zst" ]; then
        [ -d "$cache/naeb" ] || { mkdir -p "$cache" && zstd -dc "$corpus/naeb.tar.zst" | tar x -C "$cache"; }
        echo "$cache/naeb"
    else
        echo demo
    fi
}

names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(find build/bench/run -maxdepth 1 -type f -executable -printf '%f\n' | sort)
printf 'name\tvalue\tyardstick\tratio\ttarget\tverdict\n'
for name in "${names[@]}"; do
    name=${name%_bench}_bench
    [ -x "build/bench/run/$name" ] || { echo "bench: no benchmark '$name'; there are: $(ls build/bench/run | tr '\n' ' ')" >&2; exit 2; }
    arguments=()
    [ "$name" != extract_bench ] || arguments=("$(pages)")
    build/bench/run/"$name" ${arguments[@]+"${arguments[@]}"}
    case $? in
        0) ;;
        77) echo "bench: '$name' cannot be measured here" >&2 ;;
        *) status=1 ;;
    esac
done
exit $status
