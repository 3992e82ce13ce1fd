#!/usr/bin/env bash
# Builds the commit that is checked out twice, in two folders of different names and lengths and without ccache, and compares
# the executables and the packages: whoever has the sources can tell that a package was made from them.
#
#   packaging/test-reproducible.sh
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d "$PWD/build/reproducible.XXXXXX")
trap 'rm -rf "$work"' EXIT
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH CCACHE_DISABLE=1
for folder in one another-and-longer; do
    mkdir "$work/$folder"
    git archive HEAD | tar -x -C "$work/$folder"
    (cd "$work/$folder" && packaging/deb.sh) >"$work/$folder.log" 2>&1 || { cat "$work/$folder.log" && exit 1; }
    mv "$work/$folder"/build/orderd "$work/$folder.orderd"
    mv "$work/$folder"/build/*.deb "$work/$folder.deb"
    rm -rf "${work:?}/$folder"
done
sha256sum "$work"/*.orderd "$work"/*.deb | sed "s|$work/||"
cmp "$work/one.orderd" "$work/another-and-longer.orderd"
cmp "$work/one.deb" "$work/another-and-longer.deb"
echo "twice the same"
