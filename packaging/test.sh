#!/usr/bin/env bash
# Tries what others get of orderd, and closes with the totals, as tests/run.sh does: the Debian package in a fresh Debian, a
# container's file system, a whole release, whether the same sources make the same bytes, the sample configurations of
# proxies, the Homebrew formula's syntax, a build against the system's own libraries, the demo, the benchmarks, and the
# script that keeps old databases. Takes root (for the fresh Debian), and hours.
set -uo pipefail
cd "$(dirname "$0")/.."

if [ "$(id -u)" != 0 ]; then
    exec sudo "$0" "$@"
fi
passed=0
failed=0
logs=build/logs
mkdir -p $logs

# Runs COMMAND… as the step NAME. One that closes with "N passed, N failed" counts as so many.
step() {
    local name=$1 log=$logs/package.log started=$SECONDS totals status=0
    shift
    echo "== $name"
    "$@" >"$log" 2>&1 || status=$?
    totals=$(grep -oE '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -1)
    if [ $status != 0 ]; then
        tail -n 40 "$log"
        failed=$((failed + 1))
        echo "== $name: FAILED after $((SECONDS - started)) s"
        return 1
    fi
    [ -n "$totals" ] || totals="1 passed, 0 failed"
    passed=$((passed + ${totals%% *}))
    echo "== $name: good ($totals), $((SECONDS - started)) s"
}

needs() {
    local package missing=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] || DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "${missing[@]}"
}

formula() {
    needs ruby && ruby -c packaging/homebrew/orderd.rb
}

# The option that the formula and distributions use, with what Debian has.
system_libraries() {
    local linked
    needs libcpp-httplib-dev libcurl4-openssl-dev libfmt-dev libsqlite3-dev &&
        cmake -S . -B build/system -G Ninja -DCMAKE_BUILD_TYPE=Release -DORDERD_SYSTEM_LIBRARIES=ON \
            -DORDERD_WEB_BUILD_DIR="$PWD/build/web" &&
        cmake --build build/system &&
        linked=$(ldd build/system/orderd) &&
        for library in libssl libsodium libfmt libcurl; do
            [[ $linked == *"$library.so"* ]] || { echo "$library is not the system's" && return 1; }
        done &&
        build/system/orderd version &&
        demo build/system/orderd demo --listen 127.0.0.1:0 &&
        ctest --test-dir build/system --output-on-failure --no-tests=error --parallel 2 \
            --tests-regex 'label|TLS|certificate|migrat|seal|HTML|search|import'
}

# Where a program's output is searched, grep reads all of it (no -q): one that stops early would end that program by
# SIGPIPE, which pipefail counts as a failure.

# Runs COMMAND… until the demo that it opens has answered, and ends it.
demo() {
    local said=$logs/demo.log demo answered=false
    "$@" >"$said" 2>&1 &
    demo=$!
    for _ in $(seq 3000); do
        if grep -q '^Sign in' "$said"; then
            curl -sf "$(sed -n 's/^orderd answers at //p' "$said")/products" | grep '"data"' >/dev/null && answered=true
            break
        fi
        kill -0 $demo 2>/dev/null || break
        sleep 0.1
    done
    kill -TERM $demo 2>/dev/null
    wait $demo && $answered && return 0
    cat "$said"
    return 1
}

open_demo() {
    packaging/demo.sh --help | grep -- --password >/dev/null && demo packaging/demo.sh --listen 127.0.0.1:0
}

# What it writes is looked at, and not kept: a released version's database stays as it was.
old_databases() {
    local scratch
    scratch=$(mktemp -d) &&
        mkdir -p "$scratch/tests" &&
        cp -r tests/databases "$scratch/tests/" &&
        cp schema.sql "$scratch/" &&
        "$scratch/tests/databases/write.mjs" build/orderd &&
        rm -r "$scratch"
}

packaging/dependencies.sh --tests || exit 1
# They are built once more with the package, from the same folder.
step "the package" packaging/test-deb.sh
step "the container's file system" packaging/test-container.sh
step "a release" packaging/release.sh
step "the same bytes twice" packaging/test-reproducible.sh
step "proxies" packaging/test-proxies.sh
step "the formula" formula
step "the system's libraries" system_libraries
step "the demo" open_demo
step "old databases" old_databases
step "benchmarks" tests/bench/run.sh --quick

echo
echo "$SECONDS s"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
