#!/usr/bin/env bash
# Tries a release's shops with every fault: of the disk, at every call; of SQLite's allocator, at every allocation; power
# cuts; damaged files. The usual tests try a sample of these.
#
#   tests/faults.sh [--seed N] [TEXT]    all of them, or the tests whose name has TEXT; about two hours
#   tests/faults.sh --times N [TEXT]     only N times as many as the usual tests try
#
# What fails says what repeats it: ORDERD_FAULT="io_error 17 once" ORDERD_FAULTS_SEED=N tests/faults.sh "placing"
set -uo pipefail
cd "$(dirname "$0")/.."

text=
export ORDERD_FAULTS=every
while [ $# -gt 0 ]; do
    case $1 in
        --seed) export ORDERD_FAULTS_SEED=${2:?} && shift ;;
        --times) ORDERD_FAULTS=${2:?} && shift ;;
        --help) sed -n '2,8s/^# \{0,1\}//p' "$0" && exit 0 ;;
        -*) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
        *) text=$1 ;;
    esac
    shift
done

export ORDERD_FAULTS_SEED=${ORDERD_FAULTS_SEED:-$RANDOM$RANDOM}
echo "ORDERD_FAULTS_SEED=$ORDERD_FAULTS_SEED"

. packaging/watched.sh
packaging/dependencies.sh --tests && cmake --preset release >/dev/null && watched cmake --build build --target orderd_tests ||
    exit 1
logs=build/logs/faults
rm -rf $logs && mkdir -p $logs

# Runs the test NAME, as many at once as there are processors, with its output in LOG.
try() {
    local name=$1 log=$2
    echo "== $name" >"$log"
    if build/orderd_tests "$(sed 's/,/\\,/g' <<<"$name")" >>"$log" 2>&1; then touch "$log.good"; fi
    cat "$log"
}

running=0
number=0
while read -r name; do
    [ $running -lt "$(nproc)" ] || { wait -n && true; running=$((running - 1)); }
    number=$((number + 1))
    try "$name" $logs/$number.log &
    running=$((running + 1))
done < <(build/orderd_tests --list-tests --verbosity quiet "[faults]" | grep -F -- "$text")
wait
passed=$(find $logs -name '*.good' | wc -l)
echo "$passed passed, $((number - passed)) failed"
[ "$passed" -eq $number ] && [ "$passed" -gt 0 ]
