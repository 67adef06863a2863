# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by ./dev: installs what scripts/packages.list names and the machine lacks.

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf 'dev: %s\n' "$*" >&2; exit 3; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else fail "cannot run '$*': not root, and sudo is not installed; run ./dev as root once"; fi
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The machine's own address of the Debian archive: the first URI of an apt source that serves the
# running release. Debian 12 images write either the deb822 form or the one-line form.
own_archive_uri() {
    local codename=$1 file
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -e "$file" ] || continue
        awk -v codename="$codename" '
            function done() { if (uri != "" && (" " suites " ") ~ (" " codename " ")) { print uri; exit } }
            /^[ \t]*$/ { done(); uri = ""; suites = ""; next }
            /^URIs:/ { uri = $2 }
            /^Suites:/ { sub(/^Suites:[ \t]*/, ""); suites = $0 }
            END { done() }' "$file"
    done
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ -e "$file" ] || continue
        sed -E 's/\[[^]]*\]//' "$file" |
            awk -v codename="$codename" '$1 == "deb" && $3 == codename { print $2; exit }'
    done
}

# lexbor is in Debian from forky on, and its package runs on bookworm as it is. On a system whose
# own archive lacks it, adds suite forky of that same archive, pinned so that nothing but lexbor
# can ever come from it.
offer_lexbor() {
    is_installed liblexbor-dev && return
    local candidate codename uri
    candidate=$(apt-cache policy liblexbor-dev 2>/dev/null | awk '/Candidate:/ { print $2 }')
    [ -n "$candidate" ] && [ "$candidate" != "(none)" ] && return
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    uri=$(own_archive_uri "$codename" | head -n 1)
    [ -n "$uri" ] || fail "cannot offer liblexbor-dev: no apt source for suite '$codename' in /etc/apt; add one and run again"
    say "adding suite forky of $uri for liblexbor only (heliograph-forky.sources, pinned)"
    as_root tee /etc/apt/preferences.d/heliograph-forky >/dev/null <<PIN
Package: *
Pin: release n=forky
Pin-Priority: -1

Package: liblexbor*
Pin: release n=forky
Pin-Priority: 500
PIN
    as_root tee /etc/apt/sources.list.d/heliograph-forky.sources >/dev/null <<SOURCE
Types: deb
URIs: $uri
Suites: forky
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCE
    as_root apt-get update -q
}

# Installs the packages of the named groups. Asks dpkg first: a second call costs milliseconds.
install_packages() {
    local missing=() group package wanted
    while read -r group package; do
        for wanted in "$@"; do
            if [ "$group" = "$wanted" ] && ! is_installed "$package"; then missing+=("$package"); fi
        done
    done < <(grep -v '^#' "$top/scripts/packages.list")
    [ ${#missing[@]} -eq 0 ] && return
    command -v apt-get >/dev/null || fail "needs the packages ${missing[*]}; this system has no apt-get to install them with"
    say "installing: ${missing[*]}"
    as_root apt-get update -q
    offer_lexbor
    # The tests start the servers they need themselves: none of them is to run on this machine.
    local policy=/usr/sbin/policy-rc.d status=0
    if [ -e "$policy" ]; then policy=; else printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod 755 "$policy"; fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" || status=$?
    [ -z "$policy" ] || as_root rm -f "$policy"
    return "$status"
}

# What the tests in a browser need of npm, in the versions that were chosen. Node may come from anywhere.
install_web() { # FOLDER, with a package-lock.json
    command -v npm >/dev/null || install_packages web
    [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return
    say "installing the packages of $1/package-lock.json into $1/node_modules"
    npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error || fail "npm could not install what $1/package-lock.json names"
}
