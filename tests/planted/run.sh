#!/usr/bin/env bash
# Plants each bug of tests/planted/ in a scratch checkout of HEAD, and says which test catches it, and how fast.
#
#   tests/planted/run.sh [--no-baseline] [NAME…]    NAME: a patch's name, or a part of it; none: all of them
#   tests/planted/run.sh --check                    only whether each of them applies to these sources
#
# First, everything must pass without a bug; --no-baseline leaves that out. A bug that does not apply, does not compile
# or is caught by nothing fails the command. What each bug's tests said is in build/logs/planted.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit

# What is built, and what catches bugs, the cheapest first, each as "NAME: COMMAND". The commands run in the checkout,
# where the build's folder is build, and fail if they find something.
targets="orderd orderd_tests simulate"
catchers=(
    "tests: ctest --test-dir build --parallel $(($(nproc) + 1)) --stop-on-failure --output-on-failure --no-tests=error"
    "simulation: build/simulate --minutes 1 --seed 1"
    "faults: tests/faults.sh --seed 1 --times 4"
    "the real process: node tests/campaign/real.mjs --seconds 60 --seed 1"
)
most=1800  # seconds that a command may take

. tests/steps.sh
logs=$PWD/$logs/planted
top=$PWD
scratch=
checkout=
child=

usage() { sed -n '2,8s/^# \{0,1\}//p' "$top/tests/planted/run.sh"; }

clean_up() {
    if [ -n "$child" ]; then
        kill "$child" 2>/dev/null
        wait "$child" 2>/dev/null
    fi
    if [ -n "$scratch" ]; then
        git worktree remove --force "$checkout" 2>/dev/null
        rm -rf "$scratch"
        git worktree prune
    fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# Makes the checkout, and configures its build. The dependencies and the dashboard are those of this checkout's build:
# in place of npm, which would install its packages and build it once more, `true` runs.
check_out() {
    [ -e build/web/built ] && [ -d build/deps ] || { echo "build first: tests/run.sh --quick" >&2; return 1; }
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/orderd-planted.XXXXXX") || return 1
    checkout=$scratch/orderd
    git worktree add --quiet --detach "$checkout" HEAD || return 1
    mkdir -p "$checkout/build/web" "$checkout/web/node_modules"
    ln -s "$top/build/deps" "$checkout/build/deps"
    cp -a build/web/. "$checkout/build/web"
    run configure "cmake --preset release -DNPM=$(type -P true)" || { cat "$logs/configure.log"; return 1; }
}

# Runs COMMAND in the checkout, with its output in LOG. `timeout` ends everything that it started, also if this script
# is ended.
run() {
    local log=$logs/$1.log command=$2 status=0
    (cd "$checkout" && exec timeout --kill-after=10 "$most" bash -c "$command") >"$log" 2>&1 </dev/null &
    child=$!
    wait "$child" || status=$?
    child=
    [ $status != 127 ] || { tail -1 "$log" >&2; exit 1; }  # there is no such command, so it says nothing
    return $status
}

# Whether it compiles. Sets `built`: in how many seconds.
build() {
    local name=$1 started=$SECONDS status=0
    run "$name-build" "cmake --build build --target $targets" || status=$?
    built=$((SECONDS - started))
    return $status
}

# What failed: the tests' names, or the last line that a program wrote.
told_in() {
    local tests=() rest
    mapfile -t tests < <(cut -d: -f2- "$checkout/build/Testing/Temporary/LastTestsFailed.log" 2>/dev/null)
    rest=$((${#tests[@]} - 1))
    case $rest in
        -1) sed -n 's/^[[:space:]]*//; /./h; ${ g; p; }' "$logs/$1.log" | cut -c 1-200 ;;
        0) echo "${tests[0]}" ;;
        *) echo "${tests[0]}; and $rest more" ;;
    esac
}

# Runs what catches bugs until something fails. Sets `caught`: what did, or '', and `took`: after how many seconds.
look() {
    local name=$1 catcher by started=$SECONDS
    caught=
    for catcher in "${catchers[@]}"; do
        by=${catcher%%: *}
        rm -f "$checkout/build/Testing/Temporary/LastTestsFailed.log"
        if ! run "$name-$by" "${catcher#*: }"; then
            caught="$by: $(told_in "$name-$by")"
            break
        fi
    done
    took=$((SECONDS - started))
}

good() { passed=$((passed + 1)) && echo "$1: $2"; }
bad() { failed=$((failed + 1)) && failures+=("$1") && echo "$1: $2"; }

baseline() {
    local name="without a bug"
    build baseline || { bad "$name" "does not compile: $logs/baseline-build.log"; return 1; }
    look baseline
    [ -z "$caught" ] || { bad "$name" "not clean, $caught"; return 1; }
    good "$name" "clean after $took s (built in $built s)"
}

plant() {
    local patch=$1 name=$2
    if ! git -C "$checkout" apply "$patch" 2>"$logs/$name-build.log"; then
        bad "$name" "DOES NOT APPLY: $(head -1 "$logs/$name-build.log")"
        return
    fi
    if ! build "$name"; then
        bad "$name" "DOES NOT COMPILE: $logs/$name-build.log"
    else
        look "$name"
        if [ -n "$caught" ]; then
            good "$name" "caught after $took s (built in $built s) by $caught"
        else
            bad "$name" "CAUGHT BY NOTHING in $took s (built in $built s)"
        fi
    fi
    git -C "$checkout" apply --reverse "$patch"
}

check_patches() {
    local patch
    for patch in "$top"/tests/planted/*.patch; do
        if git apply --check "$patch"; then good "$(basename "$patch")" "applies"; else bad "$(basename "$patch")" "DOES NOT APPLY"; fi
    done
}

with_baseline=true
wanted=()
while [ $# -gt 0 ]; do
    case $1 in
        --no-baseline) with_baseline=false ;;
        --check) check_patches; close_steps; exit ;;
        --help) usage && exit 0 ;;
        -*) usage >&2 && exit 2 ;;
        *) wanted+=("$1") ;;
    esac
    shift
done
[ ${#wanted[@]} -gt 0 ] || wanted=("")

patches=()
for patch in "$top"/tests/planted/*.patch; do
    for part in "${wanted[@]}"; do
        case $(basename "$patch" .patch) in
            *"$part"*) patches+=("$patch") && break ;;
        esac
    done
done
[ ${#patches[@]} -gt 0 ] || { echo "no patch has such a name" >&2; exit 2; }

mkdir -p "$logs"
check_out || exit 1
if ! $with_baseline || baseline; then
    for patch in "${patches[@]}"; do
        plant "$patch" "$(basename "$patch" .patch)"
    done
fi
close_steps
