# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by ./dev: compiles with a short progress display.

# Reads ninja's output and prints "[n/m] compiling NAME, about k minutes left": one line that is
# rewritten on a terminal, otherwise one line for each tenth of the work. The estimate assumes that
# the rest takes as long per step as the steps so far.
show_progress() {
    local line done_steps all_steps name left text shown=-1 start=$SECONDS
    local is_terminal=false width
    [ -t 1 ] && is_terminal=true
    width=$(tput cols 2>/dev/null || echo 80)
    while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*)$ ]] || continue
        [ "${BASH_REMATCH[3]}" != "Re-running CMake..." ] || continue
        done_steps=${BASH_REMATCH[1]} all_steps=${BASH_REMATCH[2]} name=${BASH_REMATCH[3]##*/}
        # "Building CXX object .../parser.cpp.o" -> "parser.cpp"
        name=${name%.o}
        $is_terminal || [ $((done_steps * 10 / all_steps)) -gt "$shown" ] || continue
        shown=$((done_steps * 10 / all_steps))
        left=$(((SECONDS - start) * (all_steps - done_steps) / (done_steps > 0 ? done_steps : 1)))
        text="[$done_steps/$all_steps] compiling $name"
        if [ "$done_steps" -eq "$all_steps" ]; then text="[$done_steps/$all_steps] compiled in $(in_minutes $((SECONDS - start)))"
        elif [ $((SECONDS - start)) -ge 10 ]; then text+=", about $(in_minutes "$left") left"; fi
        if $is_terminal; then printf '\r\033[K%s' "${text:0:$((width - 1))}"; else echo "$text"; fi
    done
    if $is_terminal && [ "$shown" -ge 0 ]; then echo; fi
}

# 200 -> "4 minutes", rounded up.
in_minutes() { # SECONDS
    local minutes=$((($1 + 59) / 60))
    if [ "$minutes" -le 1 ]; then echo "1 minute"; else echo "$minutes minutes"; fi
}

# Builds targets of a preset. The compilers' output goes to FOLDER/build.log, and its end to the
# terminal when the build fails.
compile() { # PRESET FOLDER [TARGET...]
    local preset=$1 log=$2/build.log
    shift 2
    NINJA_STATUS='[%f/%t] ' cmake --build --preset "$preset" -j "$jobs" ${1:+--target "$@"} 2>&1 |
        tee "$log" | show_progress || {
        # From the first failed step on, or the end of the log when ninja did not get so far.
        awk '/^FAILED:/ { found = 1 } found' "$log" >"$log.failed"
        [ -s "$log.failed" ] || tail -n 60 "$log" >"$log.failed"
        head -n 60 "$log.failed" >&2
        rm -f "$log.failed"
        fail "the build failed; its whole output is in $log"
    }
}
