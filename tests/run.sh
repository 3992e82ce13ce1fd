#!/usr/bin/env bash
# Installs what is missing, builds, runs every test, and closes with the totals: "N passed, N failed".
#
#   tests/run.sh                  everything, as it must be before a change is merged
#   tests/run.sh --quick [TEXT]   only the release build and its tests; with TEXT, those whose name has it
set -uo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,5s/^# \{0,1\}//p' "$0"; }

quick=false
filter=()
while [ $# -gt 0 ]; do
    case $1 in
        --quick) quick=true ;;
        --help) usage && exit 0 ;;
        -*) usage >&2 && exit 2 ;;
        *) filter=(--tests-regex "$(printf %s "$1" | sed 's/[][\\.^$*+?(){}|]/\\&/g')") ;;
    esac
    shift
done
[ ${#filter[@]} -eq 0 ] || $quick || { usage >&2; exit 2; }

passed=0
failed=0
failures=()
failures_told=()  # the tests in them, for the end, where they are found
logs=build/logs

# Runs COMMAND… as the step NAME. A step that counts no tests of its own counts as one.
step() {
    local name=$1 started=$SECONDS before=$((passed + failed)) failed_before=$failed
    shift
    echo "== $name"
    if ! "$@"; then
        [ "$failed" -gt "$failed_before" ] || failed=$((failed + 1))
        failures+=("$name")
        echo "== $name: FAILED after $((SECONDS - started)) s"
        return 1
    fi
    [ $((passed + failed)) -gt "$before" ] || passed=$((passed + 1))
    echo "== $name: good, $((SECONDS - started)) s"
}

# Runs COMMAND… quietly, and shows what it said if it fails.
quietly() {
    local log=$logs/quiet.log
    "$@" >"$log" 2>&1 && return 0
    cat "$log"
    return 1
}

format_check() {
    find src tests -name '*.cpp' -o -name '*.h' | xargs clang-format --dry-run -Werror
}

# Configures and builds the preset NAME, folder FOLDER.
build() {
    local preset=$1 folder=$2 progress=(-- --quiet)
    [ ! -t 1 ] || progress=()
    quietly cmake --preset "$preset" && cmake --build "$folder" "${progress[@]}"
}


# The number in attribute NAME of a JUnit report's first such attribute.
junit() { grep -om1 "\b$2=\"[0-9]*\"" "$1" | grep -o '[0-9]\+' || echo 0; }

# Runs the tests of a build FOLDER, and counts them.
run_ctest() {
    local folder=$1 report=$PWD/$logs/ctest.xml status=0 tests failures
    shift
    rm -f "$report"
    "${no_aslr[@]}" ctest --test-dir "$folder" --parallel $(($(nproc) + 1)) --output-on-failure --no-tests=error \
        --progress --output-junit "$report" "$@" || status=$?
    [ -e "$report" ] || return 1
    tests=$(junit "$report" tests)
    failures=$(junit "$report" failures)
    passed=$((passed + tests - failures))
    failed=$((failed + failures))
    [ $status = 0 ] && return 0
    while IFS=: read -r _ name; do
        failures_told+=("$name")
    done <"$folder/Testing/Temporary/LastTestsFailed.log"
    return 1
}

# Runs the dashboard's tests of npm script NAME, and counts them.
run_web_tests() {
    local report=$PWD/$logs/web.json status=0 totals
    rm -f "$report"
    npm --prefix web run --silent "$1" -- --reporter=default --reporter=json --outputFile.json="$report" || status=$?
    [ -e "$report" ] || return 1
    read -ra totals < <(node -p 'const {numPassedTests, numFailedTests} = require(process.argv[1]);
        `${numPassedTests} ${numFailedTests}`' "$report")
    passed=$((passed + totals[0]))
    failed=$((failed + totals[1]))
    [ $status = 0 ] && return 0
    mapfile -t -O ${#failures_told[@]} failures_told < <(node -p '
        require(process.argv[1]).testResults.flatMap(file => file.assertionResults.length ? file.assertionResults
            .filter(test => test.status === "failed")
            .map(test => `${test.fullName}: ${test.failureMessages.join("\n").replace(/\n\s*at [\s\S]*/, "")}`)
            : `${file.name}: ${file.message}`).join("\n")' "$report")
    return 1
}

# Runs COMMAND…, a script that closes with "N passed, N failed", and counts them.
run_script() {
    local log=$logs/script.log status=0 totals
    "$@" 2>&1 | tee "$log" || status=$?
    read -ra totals < <(grep -oE '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -1 | tr -d ,)
    passed=$((passed + ${totals[0]:-0}))
    failed=$((failed + ${totals[2]:-0}))
    return $status
}

# ThreadSanitizer's shadow memory has no room for the address randomization of recent kernels.
no_aslr=()
! setarch "$(uname -m)" -R true 2>/dev/null || no_aslr=(setarch "$(uname -m)" -R)

sanitized() {
    local preset=$1
    ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1 \
        TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 run_ctest "build/$preset"
}

packaging/dependencies.sh --tests || exit 1
mkdir -p $logs

if $quick; then
    step "build" build release build && step "tests" run_ctest build "${filter[@]}"
else
    step "format" format_check
    step "build (release)" build release build && step "tests (release)" run_ctest build &&
        step "the README's commands" run_script tests/readme.mjs &&
        step "proxies" run_script packaging/test-proxies.sh
    step "types (web)" npm --prefix web run --silent check
    step "tests (web)" run_web_tests test
    step "tests (browser)" run_web_tests test:browser
    for sanitizers in asan tsan; do
        step "build ($sanitizers)" build $sanitizers build/$sanitizers &&
            step "tests ($sanitizers)" sanitized $sanitizers
    done
fi

echo
[ ${#failures[@]} -eq 0 ] || printf 'failed: %s\n' "${failures[@]}"
[ ${#failures_told[@]} -eq 0 ] || printf '    %s\n' "${failures_told[@]}"
echo "$SECONDS s"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
