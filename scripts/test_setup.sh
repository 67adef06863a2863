#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# test_setup.sh [RELEASE...]: runs "./dev demo --no-serve" and "./dev test" in a clean, minimal Debian of each
# release and prints a table (docs/testing.md keeps one). Needs root, because it makes chroots and mounts.
#
# Everything lies below build-setup/ (HELIOGRAPH_SETUP_FOLDER changes that): RELEASE/root is the chroot,
# RELEASE/*.log are the outputs, RELEASE/archives keeps Debian packages for the next run. A chroot is removed
# when everything passed in it and kept otherwise, for a look inside:
#   root=build-setup/RELEASE/root; unshare --mount --pid --fork --mount-proc="$root/proc" chroot "$root"
#
# Commands run in mount and process namespaces of their own. When they end, or this script is stopped, the kernel
# removes their mounts and processes: nothing is left on the machine.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"
. scripts/packages.sh

[ "$(id -u)" = 0 ] || fail "./dev test-setup makes chroots: run it as root"
folder=${HELIOGRAPH_SETUP_FOLDER:-$top/build-setup}
releases=("$@")
[ ${#releases[@]} -gt 0 ] || releases=(bookworm trixie forky)
for release in "${releases[@]}"; do
    # A name is part of paths that are removed.
    [[ $release =~ ^[a-z]+$ ]] || fail "'$release' is not the code name of a Debian release; call ./dev test-setup [RELEASE ...]"
done

running= # the process that holds the namespaces of the running command
stop() {
    trap - EXIT INT TERM HUP
    [ -z "$running" ] || kill -KILL "$running" 2>/dev/null || true
    exit "$1"
}
trap 'stop $?' EXIT
trap 'stop 130' INT
trap 'stop 143' TERM HUP

# Runs a command with its output in a file and returns its status. Runs it in the background, so that
# a signal to this script is handled at once.
logged() { # LOG COMMAND...
    local log=$1 status=0
    shift
    "$@" >"$log" 2>&1 </dev/null &
    running=$!
    wait "$running" || status=$?
    running=
    return "$status"
}

# Writes the apt settings that this machine needs to reach its archive: proxies and whether dates are checked.
write_apt_settings() { # FILE
    apt-config dump | grep -iE '^Acquire::(Check-Valid-Until|Check-Date|Retries|(http|https)::)' >"$1" || true
}

# A copy of this machine's certificates, for a proxy that signs what passes through it.
certificates_inside=/etc/ssl/heliograph-test-setup.pem

# Prints "NAME=value" for each setting of this machine's environment and npm that the network needs.
network_environment() {
    local name value
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        [ -z "${!name:-}" ] || echo "$name=${!name}"
    done
    if command -v npm >/dev/null; then
        for name in registry proxy https-proxy; do
            value=$(npm config get "$name" 2>/dev/null) || continue
            case "$value" in "" | null | undefined) ;; *) echo "npm_config_${name//-/_}=$value" ;; esac
        done
    fi
    if [ -n "$(own_certificates)" ]; then
        echo "NODE_EXTRA_CA_CERTS=$certificates_inside"
        echo "npm_config_cafile=$certificates_inside"
    fi
}
# Prints the file of certificates that Node and npm are to use on this machine, or nothing.
own_certificates() {
    local file=${NODE_EXTRA_CA_CERTS:-}
    [ -n "$file" ] || file=$(npm config get cafile 2>/dev/null) || true
    case "$file" in "" | null | undefined) ;; *) [ ! -f "$file" ] || echo "$file" ;; esac
}

# Runs a shell command in the checkout inside the chroot.
inside() { # RELEASE LOG COMMAND
    logged "$2" unshare --mount --pid --fork --kill-child=KILL bash -c '
        set -e
        root=$1 archives=$2 command=$3
        shift 3
        mount -t proc proc "$root/proc"
        mkdir -p "$root/dev/pts" "$root/dev/shm"
        mount -t devpts -o newinstance,ptmxmode=0666,gid=5,mode=620 devpts "$root/dev/pts"
        mount -t tmpfs tmpfs "$root/dev/shm"
        mount --bind "$archives" "$root/var/cache/apt/archives"
        exec chroot "$root" env -i HOME=/root LANG=C.UTF-8 TERM=dumb \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@" \
            bash -c "cd /heliograph && $command"
    ' inside "$folder/$1/root" "$folder/$1/archives" "$3" "${network[@]}"
}

make_chroot() { # RELEASE
    local root=$folder/$1/root uri
    uri=$(own_archive_uri "$(own_codename)" | head -n 1)
    [ -n "$uri" ] || fail "cannot find the Debian archive: no apt source for suite '$(own_codename)' in /etc/apt"
    rm -rf --one-file-system "$root"
    mkdir -p "$folder/$1/archives/partial"
    write_apt_settings "$folder/$1/apt.conf"
    logged "$folder/$1/chroot.log" unshare --mount --pid --fork --kill-child=KILL --mount-proc \
        mmdebstrap --mode=root --variant=minbase --aptopt="$folder/$1/apt.conf" \
        --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$1" "$root" "$uri" || return
    local certificates
    certificates=$(own_certificates)
    cp /etc/hosts /etc/resolv.conf "$root/etc/" &&
        { [ -z "$certificates" ] || install -D -m 644 "$certificates" "$root$certificates_inside"; } &&
        mkdir "$root/heliograph" &&
        git archive HEAD | tar -x -C "$root/heliograph"
}

# Prints the versions of the compilers in the chroot: "g++ 14.2, clang 19.1".
compilers() { # RELEASE
    local root=$folder/$1/root clang
    printf 'g++ %s' "$(chroot "$root" g++ -dumpfullversion 2>/dev/null | cut -d. -f1,2)"
    for clang in clang++-19 clang++; do
        [ -e "$root/usr/bin/$clang" ] || continue
        printf ', clang %s' "$(chroot "$root" "$clang" -dumpversion | cut -d. -f1,2)"
        break
    done
}

# Prints what the logs say of the tests: "1300 tests passed, 12 skipped", for g++'s build and the sanitizers'.
test_summary() { # LOG
    awk '
        /\*\*\*Skipped/ { skipped++ }
        /tests? passed, [0-9]+ tests? failed out of/ {
            line = line (line == "" ? "" : " and ") ($NF - $4) " of " $NF " tests passed"
            if (skipped) line = line ", " skipped " of them skipped"
            skipped = 0
        }
        END { print line == "" ? "no test ran" : line }' "$1"
}

in_minutes() { echo $((($1 + 30) / 60)); }

[ -z "$(git status --porcelain)" ] || say "uncommitted changes are not tested: the chroots get the files of HEAD"
install_packages setup
mapfile -t network < <(network_environment)
table=() failed=0
for release in "${releases[@]}"; do
    mkdir -p "$folder/$release"
    rm -f "$folder/$release"/*.log
    say "$release: making a minimal system"
    if ! make_chroot "$release"; then
        tail -n 20 "$folder/$release/chroot.log" >&2
        table+=("| $release | | | no chroot |") failed=1
        continue
    fi
    result= minutes=
    for command in "demo --no-serve" "test"; do
        log=$folder/$release/${command%% *}.log
        say "$release: ./dev $command ($log)"
        begin=$SECONDS status=0
        inside "$release" "$log" "./dev $command" || status=$?
        taken=$(in_minutes $((SECONDS - begin)))
        minutes+="${minutes:+ + }$taken"
        if [ "$status" -eq 0 ]; then outcome=passed; else outcome="FAILED ($status)" failed=1; fi
        [ "$command" != test ] || outcome+=": $(test_summary "$log")"
        say "$release: ./dev ${command%% *} $outcome, $taken minutes"
        [ "$status" -eq 0 ] || tail -n 20 "$log" >&2
        result+="${result:+, }${command%% *} $outcome"
    done
    table+=("| $release | $(compilers "$release") | $minutes | $result |")
    case "$result" in
    *FAILED*) say "kept for a look inside: $folder/$release/root" ;;
    *) rm -rf --one-file-system "$folder/$release/root" ;;
    esac
done
echo
echo "| release | compilers | minutes (demo + test) | result |"
echo "|---|---|---|---|"
printf '%s\n' "${table[@]}"
exit "$failed"
