#!/usr/bin/env bash
# Tests what tests/run.sh prints and counts when a test fails. Closes with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

printf '%s\n' 'add_test("two and two" true)' 'add_test("a name: with a colon" false)' >"$scratch/CTestTestfile.cmake"
said=$(
    . tests/steps.sh
    logs=build/logs
    mkdir -p $logs
    step "tests (planted)" run_ctest "$scratch"
    step "a step of one" true
    close_steps
)
status=$?

good=0
bad=0
# Counts whether the lines that were printed have LINE.
expect() {
    if grep -qxE -- "$2" <<<"$said"; then
        good=$((good + 1))
    else
        bad=$((bad + 1))
        printf 'T1: %s: no line is %s\n' "$1" "$2"
    fi
}
expect "a failing step is named where it failed" '== tests \(planted\): FAILED after [0-9]+ s'
expect "a failing step is named in the summary" 'failed: tests \(planted\)'
expect "a failing test is named in the summary" ' +a name: with a colon'
expect "the totals count tests, and steps without any" '2 passed, 1 failed'
if [ $status -eq 1 ]; then good=$((good + 1)); else bad=$((bad + 1)) && echo "T1: the status is $status, not 1"; fi
[ $bad -eq 0 ] || printf '%s\n' "$said"
echo "$good passed, $bad failed"
[ $bad -eq 0 ]
