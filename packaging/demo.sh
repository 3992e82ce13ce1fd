#!/usr/bin/env bash
# Installs what is missing, builds a release, and runs a seeded shop on http://127.0.0.1:8080/ until Ctrl-C.
# Arguments go to `orderd demo`; `packaging/demo.sh --help` lists them.
set -euo pipefail
folder=$PWD
cd "$(dirname "$0")/.."
top=$PWD

. packaging/watched.sh
echo "Installing what is missing"
watched packaging/dependencies.sh
echo "Building orderd, which takes some minutes the first time"
cmake --preset release --log-level=WARNING >/dev/null
watched cmake --build build --target orderd

cd "$folder"  # where a relative --data belongs
exec "$top/build/orderd" demo "$@"
