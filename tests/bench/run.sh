#!/usr/bin/env bash
# Builds a release and measures what a shop must reach, each figure beside what it is checked against, in one run of
# some minutes; prints a table as the README has it.
#
#   tests/bench/run.sh           everything
#   tests/bench/run.sh --quick   fewer rounds, and 100,000 orders for 1,000,000: to see whether a change helped
#   tests/bench/run.sh --keep    and keeps the ratios, which later runs are compared with
#   tests/bench/run.sh --attack  instead: what one party costs another, see attack.mjs
#   tests/bench/run.sh --catalogue  instead: lists, searches and an import of 100,000 products, see catalogue.mjs
#   tests/bench/run.sh --pages   instead: what Lighthouse says of the shop's pages, see lighthouse/pages.mjs
set -euo pipefail
cd "$(dirname "$0")/../.."

packaging/dependencies.sh --tests
cmake --preset release --log-level=WARNING >/dev/null
programs=(bare_sqlite constant_server fill load pages start)
cmake --build build --target orderd "${programs[@]/#/bench_}"
if [ "${1:-}" = --attack ]; then
    shift
    exec node tests/bench/attack.mjs build "$@"
fi
if [ "${1:-}" = --catalogue ]; then
    shift
    exec node tests/bench/catalogue.mjs build "$@"
fi
if [ "${1:-}" = --pages ]; then
    shift
    [ -e tests/bench/lighthouse/node_modules ] || npm --prefix tests/bench/lighthouse ci
    exec node tests/bench/lighthouse/pages.mjs build/orderd "$@"
fi
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "Node.js before 20 cannot run the hand-written shop: its rows are left out" >&2
    set -- "$@" --without-handwritten
elif [ ! -e tests/bench/handwritten/node_modules ]; then
    # better-sqlite3 is compiled here, against the headers that came with Node.js.
    npm_config_nodedir=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")") npm --prefix tests/bench/handwritten ci
fi
exec node tests/bench/measure.mjs build "$@"
