#!/usr/bin/env bash
# Feeds whatever reads bytes from outside with bytes that libFuzzer makes up, under both sanitizers, and closes with
# "N passed, N failed". tests/fuzz/corpus keeps inputs of each target.
#
#   tests/fuzz.sh [--seconds N] [TARGET…]    each of the targets, or all, for N seconds (20)
#   tests/fuzz.sh --list                     their names
#   tests/fuzz.sh --keep                     adds to the corpus what found something new, as little as covers the same
#
# An input that broke something is printed as base64, with the command that repeats it. It goes into the target's folder
# of tests/fuzz/corpus, under a name that says what it was, with the commit that mends it.
set -uo pipefail
cd "$(dirname "$0")/.."

fuzzer=build/fuzz/orderd_fuzz
found=build/fuzz/found
kept=tests/fuzz/corpus
seconds=20
keep=false
list=false
chosen=()
while [ $# -gt 0 ]; do
    case $1 in
        --seconds) seconds=${2:?} && shift ;;
        --list) list=true ;;
        --keep) keep=true ;;
        --help) sed -n '2,10s/^# \{0,1\}//p' "$0" && exit 0 ;;
        -*) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
        *) chosen+=("$1") ;;
    esac
    shift
done

. packaging/watched.sh
packaging/dependencies.sh --tests && cmake --preset fuzz >/dev/null && watched cmake --build build/fuzz --target orderd_fuzz ||
    exit 1
mapfile -t all < <("$fuzzer")
if $list; then printf '%s\n' "${all[@]}" && exit; fi
[ ${#chosen[@]} -gt 0 ] || chosen=("${all[@]}")

export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:detect_leaks=1
export UBSAN_OPTIONS=print_stacktrace=1

# Fuzzes TARGET, with its output in build/fuzz/found/TARGET.log.
fuzz() {
    local target=$1
    mkdir -p "$found/$target" "$found/crashes"
    rm -f "$found/crashes/$target-"*
    ORDERD_FUZZ=$target nice "$fuzzer" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3072 -max_len=16384 \
        -print_final_stats=1 -verbosity=1 -artifact_prefix="$found/crashes/$target-" "$found/$target" "$kept/$target" \
        >"$found/$target.log" 2>&1
}

# Says what became of TARGET. Status 1 where it broke, or ran no inputs.
tell() {
    local target=$1 log=$found/$1.log runs coverage crash good=0
    runs=$(grep -oP 'stat::number_of_executed_units:\s*\K\d+' "$log" | tail -1)
    coverage=$(grep -oP 'cov: \d+ ft: \d+' "$log" | tail -1)
    printf '%-18s %9s inputs  %s\n' "$target" "${runs:-0}" "${coverage:-cov: 0}"
    [ "${runs:-0}" -gt 0 ] || good=1
    for crash in "$found/crashes/$target-"*; do
        [ -e "$crash" ] || continue
        good=1
        grep -m 1 -E 'what\(\)|ERROR: |runtime error: ' "$log"
        echo "base64: $(base64 -w 0 "$crash")"
        echo "again:  ORDERD_FUZZ=$target $fuzzer $crash"
    done
    return $good
}

rm -rf "$found/done" && mkdir -p "$found"
running=0
for target in "${chosen[@]}"; do
    [ $running -lt "$(nproc)" ] || { wait -n && true; running=$((running - 1)); }
    fuzz "$target" &
    running=$((running + 1))
done
wait
passed=0
failed=0
for target in "${chosen[@]}"; do
    if tell "$target"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    if $keep; then ORDERD_FUZZ=$target "$fuzzer" -merge=1 "$kept/$target" "$found/$target" >/dev/null 2>&1; fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
