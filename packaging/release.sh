#!/usr/bin/env bash
# Makes all that a release has, from the commit that is checked out, in build/release: the sources, the Debian packages for
# amd64 and arm64, Homebrew's formula, the bill of materials, and the checksums. All of it is built from that archive of the
# sources, in a new folder. The package for arm64 is tried out under QEMU.
#
#   packaging/release.sh [--site URL]    where the archive of the sources will be found
set -euo pipefail
cd "$(dirname "$0")/.."
top=$PWD
. packaging/started.sh

site=https://orderd.example/releases
if [ "${1:-}" = --site ] && [ -n "${2:-}" ]; then
    site=$2
elif [ $# -gt 0 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
fail() {
    echo "FAILED: $*" >&2
    exit 1
}

version=$(sed -n 's/^project(orderd VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
tag=$(git describe --tags --exact-match --match 'v[0-9]*' 2>/dev/null || true)
[ -z "$tag" ] || [ "$tag" = "v$version" ] || fail "the tag is $tag, and CMakeLists.txt says $version"
[ -n "$tag" ] || echo "No tag is checked out: this is a trial of what would be v$version"
grep -q "^## $version" CHANGELOG.md || fail "CHANGELOG.md has no part about $version"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

out=build/release
rm -rf "$out"
mkdir -p "$out"
work=$(mktemp -d "$PWD/build/release.XXXXXX")
server=
cleanup() {
    [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

archive=orderd-$version.tar.gz
git archive --prefix="orderd-$version/" HEAD | gzip -9n >"$out/$archive"
tar -xf "$out/$archive" -C "$work"
cd "$work/orderd-$version"
for architecture in amd64 arm64; do
    echo "== the package for $architecture"
    packaging/deb.sh --architecture $architecture
    mv "build/orderd_${version}_$architecture.deb" "$top/$out/"
done
cp build/orderd.cdx.json "$top/$out/orderd-$version.cdx.json"

echo "== the package for arm64, under QEMU"
dpkg-deb -x "$top/$out/orderd_${version}_arm64.deb" "$work/arm64"
qemu-aarch64-static "$work/arm64/usr/bin/orderd" demo --listen 127.0.0.1:0 >"$work/served" 2>"$work/log" &
server=$!
url=$(url_in "$work/served" $server) || fail "it does not start: $(cat "$work/log")"
curl -s --fail "$url/products?q=mug" | grep -q '"sku"' || fail "it does not answer"
kill -TERM "$server"
wait "$server" || fail "it did not stop cleanly"
server=
echo "it answers"

cd "$top"
sum=$(sha256sum "$out/$archive" | cut -d' ' -f1)
sed "s|^  head .*|  url \"$site/$archive\"\n  sha256 \"$sum\"\n&|" packaging/homebrew/orderd.rb >"$out/orderd.rb"
(cd "$out" && sha256sum -- * >SHA256SUMS)
cat "$out/SHA256SUMS"
