# Steps of a test run, and their totals. Sourced in the project's top folder, by tests/run.sh, tests/steps_test.sh and
# tests/planted/run.sh.
#
# Bash sees a function's local variables in the functions that it calls: each function declares all that it sets.

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

# The number in attribute NAME of a JUnit report's first such attribute.
junit() { grep -om1 "\b$2=\"[0-9]*\"" "$1" | grep -o '[0-9]\+' || echo 0; }

# ThreadSanitizer's shadow memory has no room for the address randomization of recent kernels.
no_aslr=()
! setarch "$(uname -m)" -R true 2>/dev/null || no_aslr=(setarch "$(uname -m)" -R)

# Runs the tests of a build FOLDER, and counts them.
run_ctest() {
    local folder=$1 report=$PWD/$logs/ctest.xml status=0 tests failures_here line
    shift
    rm -f "$report"
    "${no_aslr[@]}" ctest --test-dir "$folder" --parallel $(($(nproc) + 1)) --output-on-failure --no-tests=error \
        --progress --output-junit "$report" "$@" || status=$?
    [ -e "$report" ] || return 1
    tests=$(junit "$report" tests)
    failures_here=$(junit "$report" failures)
    passed=$((passed + tests - failures_here))
    failed=$((failed + failures_here))
    [ $status = 0 ] && return 0
    while read -r line; do
        failures_told+=("${line#*:}")
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

# Prints what failed, and the totals; the last line is "N passed, N failed". Status 1 where something failed.
close_steps() {
    echo
    [ ${#failures[@]} -eq 0 ] || printf 'failed: %s\n' "${failures[@]}"
    [ ${#failures_told[@]} -eq 0 ] || printf '    %s\n' "${failures_told[@]}"
    echo "$SECONDS s"
    echo "$passed passed, $failed failed"
    [ $failed -eq 0 ]
}
