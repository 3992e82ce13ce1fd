#!/usr/bin/env bash
# Installs what is missing, builds, runs every test, and closes with the totals: "N passed, N failed".
#
#   tests/run.sh                  every test of the release build, the dashboard and the pages: under half an hour
#   tests/run.sh --all            and the tests under the sanitizers: an hour, as it must be before a change is merged
#   tests/run.sh --campaigns      and, for some minutes more, what looks for faults that nobody thought of
#   tests/run.sh --quick [TEXT]   only the release build and its tests; with TEXT, those whose name has it
set -uo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,7s/^# \{0,1\}//p' "$0"; }

quick=false
all=false
campaigns=false
filter=()
while [ $# -gt 0 ]; do
    case $1 in
        --quick) quick=true ;;
        --all) all=true ;;
        --campaigns) all=true && campaigns=true ;;
        --help) usage && exit 0 ;;
        -*) usage >&2 && exit 2 ;;
        *) filter=(--tests-regex "$(printf %s "$1" | sed 's/[][\\.^$*+?(){}|]/\\&/g')") ;;
    esac
    shift
done
[ ${#filter[@]} -eq 0 ] || $quick || { usage >&2; exit 2; }

. packaging/watched.sh
. tests/steps.sh

# One run twice, which must be the same to the byte, and new ones for some minutes.
simulations() {
    build/simulate --steps 1500 --twice && build/simulate --minutes 3
}

format_check() {
    find src tests -name node_modules -prune -o '(' -name '*.cpp' -o -name '*.h' ')' -print | xargs clang-format --dry-run -Werror
}

# What the tests of the release build asked the stand-in of Stripe for.
stripe_requests=$PWD/$logs/stripe_requests.jsonl

# Debian 12 has Node.js 18, for which the newest of the programs that make clients are not made.
clients() {
    local status=0
    if [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ]; then
        echo "Not run: making clients takes Node.js 20, and this is $(node --version)"
    else
        run_script tests/clients/run.mjs || status=1
        run_script tests/clients/stripe.mjs "$stripe_requests" || status=1
    fi
    return $status
}

# Configures and builds the preset NAME, folder FOLDER: all, or TARGET….
build() {
    local preset=$1 folder=$2
    shift 2
    quietly cmake --preset "$preset" && watched cmake --build "$folder" ${1:+--target "$@"}
}

sanitized() {
    local preset=$1  # the release build's tests meet more faults of the disk, in a tenth of the time
    # What was freed is watched for 32 MiB, and 12 calls of who took it are kept: a third less time than with the usual.
    local asan=detect_stack_use_after_return=1:strict_string_checks=1:quarantine_size_mb=32:malloc_context_size=12
    ORDERD_FAULTS=0.1 ASAN_OPTIONS=$asan UBSAN_OPTIONS=print_stacktrace=1 \
        TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 run_ctest "build/$preset"
}

# Runs the tests of the release build: with arguments of ctest, those that they name; without, all of them, and after
# them the one that looks at the plans of what they ran.
release_tests() {
    rm -f "$stripe_requests"
    local -x ORDERD_STRIPE_REQUESTS=$stripe_requests
    [ $# -eq 0 ] || { run_ctest build "$@"; return; }
    run_ctest build --label-exclude last && run_ctest build --label-regex last
}

if $quick; then packaging/dependencies.sh --tests; else packaging/dependencies.sh --tests --engines; fi || exit 1
mkdir -p $logs

if $quick; then
    step "build" build release build && step "tests" release_tests "${filter[@]}"
else
    step "the steps of this script" run_script tests/steps_test.sh
    step "the planted bugs" run_script tests/planted/run.sh --check
    step "format" format_check
    step "build (release)" build release build && step "tests (release)" release_tests &&
        step "the README's commands" run_script tests/readme.mjs &&
        step "the guides' examples" run_script tests/guides.mjs &&
        step "the API's clients" clients &&
        step "the API's contract" run_script tests/campaign/generated.mjs --seed 18 --requests 4000 &&
        step "proxies" run_script packaging/test-proxies.sh &&
        step "Litestream" run_script tests/engines/litestream.mjs --seconds 8 &&
        step "PostgreSQL and NATS" run_script tests/engines/follower.mjs --seconds 20
    step "types (web)" npm --prefix web run --silent check
    step "tests (web)" run_web_tests test
    step "tests (browser)" run_web_tests test:browser
    if $all; then
        for sanitizers in asan tsan; do
            step "build ($sanitizers)" build $sanitizers build/$sanitizers orderd_tests &&
                step "tests ($sanitizers)" sanitized $sanitizers
        done
    fi
    if $campaigns; then
        step "simulated shops" simulations
        step "faults" run_script tests/faults.sh --times 2
        step "fuzzing" run_script tests/fuzz.sh --seconds 20
        step "campaign (the real process)" run_script tests/campaign/real.mjs
        step "campaign (generated requests)" run_script tests/campaign/generated.mjs
    fi
fi

close_steps
