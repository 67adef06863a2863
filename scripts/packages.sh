# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by ./dev: installs the packages of scripts/packages.list that the machine lacks.

# True after --yes: nothing is asked.
assume_yes=${assume_yes:-false}
packages_log=$top/.cache/packages.log

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf 'dev: %s\n' "$*" >&2; exit 3; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else fail "cannot run '$*': not root, and sudo is not installed; run ./dev as root once"; fi
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# True if the apt sources of this machine offer the package.
is_offered() {
    local candidate
    candidate=$(apt-cache policy "$1" 2>/dev/null | awk '/Candidate:/ { print $2 }')
    [ -n "$candidate" ] && [ "$candidate" != "(none)" ]
}

# Runs apt-get. Its output goes to the log, and to the terminal only when it fails.
quiet_apt_get() {
    mkdir -p "${packages_log%/*}"
    { echo; echo "# $(date -u +%FT%TZ) apt-get $*"; } >>"$packages_log"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" >>"$packages_log" 2>&1 && return
    tail -n 30 "$packages_log" >&2
    fail "apt-get $1 failed; its whole output is in $packages_log"
}

# Prints the machine's own address of the Debian archive: the first URI of an apt source that serves
# the given release. Reads the deb822 form and the one-line form.
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

# Prints the code name of the running release. Testing and unstable have one too.
own_codename() { (. /etc/os-release && echo "${VERSION_CODENAME:-}"); }

# True inside a container or chroot that belongs to root alone: nobody else uses its apt sources.
is_roots_own_container() {
    [ "$(id -u)" = 0 ] || return 1
    [ -e /.dockerenv ] || [ -e /run/.containerenv ] || [ -n "${container:-}" ] ||
        [ "$(stat -c %d:%i /)" != "$(stat -c %d:%i /proc/1/root/. 2>/dev/null)" ]
}

# Asks before an apt suite is added. Without a terminal nobody can answer: root, such as a CI job,
# goes on, and anybody else needs --yes.
confirm_suite() { # SUITE URI
    $assume_yes || is_roots_own_container && return
    if [ -t 0 ] && [ -t 2 ]; then
        local answer=
        printf 'This release has no lexbor. Add suite %s of %s to apt, for liblexbor alone? [y/N] ' "$1" "$2" >&2
        read -r answer || true
        case "$answer" in y | Y | yes | Yes | YES) return ;; esac
        fail "cannot install liblexbor-dev without suite $1; nothing was changed"
    fi
    [ "$(id -u)" = 0 ] && return
    fail "cannot ask whether to add apt suite $1 for liblexbor: no terminal; run ./dev with --yes to allow it"
}

# Offers lexbor on releases before forky. Its package from forky runs there unchanged. Adds suite
# forky of the machine's own archive, pinned so that nothing but lexbor can come from it.
offer_lexbor() {
    is_installed liblexbor-dev && return
    is_offered liblexbor-dev && return
    local codename uri
    codename=$(own_codename)
    uri=$(own_archive_uri "$codename" | head -n 1)
    [ -n "$uri" ] || fail "cannot offer liblexbor-dev: no apt source for suite '$codename' in /etc/apt; add one and run again"
    confirm_suite forky "$uri"
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
    quiet_apt_get update
}

# True if one of the alternatives is installed.
has_one_of() { # "package | alternative ..."
    local package
    for package in ${1//|/ }; do
        [ "$package" != - ] && is_installed "$package" && return
    done
    return 1
}

# Prints the first alternative that this release offers, nothing when it lacks an optional package.
choose_package() { # "package | alternative ..."
    local package
    for package in ${1//|/ }; do
        if [ "$package" = - ]; then return; fi
        # apt-get itself says when a package without alternatives is not offered.
        if [ "$package" = "$1" ] || is_offered "$package"; then echo "$package"; return; fi
    done
    fail "this release offers none of the packages '$1'"
}

# Installs the packages of the named groups. Asks dpkg first: a second call costs milliseconds.
install_packages() { # GROUP...
    local required=() optional=() chosen=() group line wanted package
    while read -r group line; do
        for wanted in "$@"; do
            if [ "$group" != "$wanted" ] || has_one_of "$line"; then continue; fi
            case "$line" in *"| -") optional+=("$line") ;; *) required+=("$line") ;; esac
        done
    done < <(grep -v '^#' "$top/scripts/packages.list")
    if [ ${#required[@]} -gt 0 ]; then
        command -v apt-get >/dev/null || fail "needs the packages ${required[*]}; this system has no apt-get to install them with"
        say "reading the package lists"
        quiet_apt_get update
        case " ${required[*]} " in *" liblexbor-dev "*) offer_lexbor ;; esac
    fi
    for line in "${required[@]}" "${optional[@]}"; do
        package=$(choose_package "$line") || exit 3
        [ -z "$package" ] || chosen+=("$package")
    done
    [ ${#chosen[@]} -eq 0 ] && return
    say "installing ${#chosen[@]} packages and what they depend on (names and details: ${packages_log#"$top"/})"
    # The tests start the servers they need themselves. No server starts on this machine.
    local policy=/usr/sbin/policy-rc.d status=0
    if [ -e "$policy" ]; then policy=; else printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod 755 "$policy"; fi
    (quiet_apt_get install -y --no-install-recommends "${chosen[@]}") || status=$?
    [ -z "$policy" ] || as_root rm -f "$policy"
    [ "$status" -eq 0 ] || exit "$status"
}

# Installs the npm packages that the browser tests need, in locked versions. Node may come from anywhere.
install_web() { # FOLDER, with a package-lock.json
    command -v npm >/dev/null || install_packages web
    [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return
    say "installing the packages of $1/package-lock.json into $1/node_modules"
    npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error || fail "npm could not install what $1/package-lock.json names"
}
