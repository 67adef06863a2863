#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tests the functions of scripts/packages.sh and scripts/progress.sh. Stand-ins replace dpkg-query, apt-cache,
# apt-get and id: nothing is installed, and this machine is not asked for anything.
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
mkdir "$top/scripts"
. "$source_folder/scripts/packages.sh"
. "$source_folder/scripts/progress.sh"

failures=0
expect() { # WHAT ACTUAL EXPECTED
    [ "$2" = "$3" ] && return
    printf 'FAILED: %s\n  expected: %s\n  actual:   %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
}

installed="" offered="" user=0
dpkg-query() { case " $installed " in *" ${*: -1} "*) echo installed ;; esac; }
apt-cache() { case " $offered " in *" $2 "*) echo "  Candidate: 1.0" ;; *) echo "  Candidate: (none)" ;; esac; }
apt-get() { echo "$*" >>"$top/apt"; }
id() { echo "$user"; }
as_root() {
    case "$1" in
    env) shift 2; "$@" ;;
    tee) echo "tee $2" >>"$top/apt"; cat ;;
    *) echo "$*" >>"$top/apt" ;;
    esac
}
is_roots_own_container() { $own_container; }
own_container=true
own_archive_uri() { echo http://archive.example/debian; }

# Prints the packages that install_packages asks apt-get for, or its refusal.
asked_for() { # LIST GROUP...
    echo "$1" >"$top/scripts/packages.list"
    : >"$top/apt"
    shift
    (install_packages "$@") >"$top/out" 2>&1 </dev/null || { tail -n 1 "$top/out" | sed 's/^dev: //'; return; }
    sed -n 's/.*install -y --no-install-recommends //p' "$top/apt"
}

# group line | installed | offered | expected
while IFS=';' read -r list installed offered expected; do
    expect "'$list', installed: '$installed', offered: '$offered'" "$(asked_for "$list" build)" "$expected"
done <<'CASES'
build tool;;tool;tool
build tool;tool;tool;
test tool;;tool;
build tool-19 | tool;;tool-19 tool;tool-19
build tool-19 | tool;;tool;tool
build tool-19 | tool;tool;tool-19 tool;
build tool-19 | tool;tool-19;tool;
build tool-19 | tool-20 | tool;;tool-20;tool-20
build tool-19 | tool;;;this release offers none of the packages 'tool-19 | tool'
build tool-19 | -;;tool-19;tool-19
build tool-19 | -;;;
build tool-19 | -;tool-19;;
build liblexbor-dev;;liblexbor-dev;liblexbor-dev
CASES
installed="" offered=""

# The question before a suite is added: owner of the machine, user, --yes -> installed or refused. No terminal here.
while IFS=';' read -r own_container user assume_yes expected; do
    actual=$(asked_for "build liblexbor-dev" build)
    expect "suite: own container $own_container, user $user, --yes $assume_yes" "${actual:0:10}" "$expected"
done <<'CASES'
true;0;false;liblexbor-
false;0;false;liblexbor-
false;1000;true;liblexbor-
false;1000;false;cannot ask
CASES
own_container=false user=1000 assume_yes=false
asked_for "build liblexbor-dev" build >/dev/null # refused
expect "a refusal changes nothing" "$(grep -c tee "$top/apt")" 0

# Ten steps in a pipe: a line for each tenth; other lines of the compiler are not shown.
steps=$(
    echo "[0/1] Re-running CMake..."
    for n in $(seq 1 100); do echo "[$n/100] Building CXX object src/a/CMakeFiles/a.dir/file_$n.cpp.o"; done
    echo "file.cpp:1: warning: unused"
)
expect "lines of progress" "$(echo "$steps" | show_progress | wc -l)" 11
expect "first line" "$(echo "$steps" | show_progress | head -n 1)" "[1/100] compiling file_1.cpp"
expect "last line" "$(echo "$steps" | show_progress | tail -n 1)" "[100/100] compiled in 1 minute"
expect "nothing to build" "$(echo "ninja: no work to do." | show_progress)" ""
expect "minutes are rounded up" "$(in_minutes 61) $(in_minutes 5)" "2 minutes 1 minute"

[ "$failures" -eq 0 ] || exit 1
echo "all passed"
