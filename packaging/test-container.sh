#!/usr/bin/env bash
# Runs orderd in the file system that its container has, as the container's user: an order is placed, the shop is started
# anew, and it is there. No container engine takes part: what could go wrong is what the image lacks. Takes root.
#
#   packaging/test-container.sh [EXECUTABLE]    build/orderd without it
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/started.sh

if [ "$(id -u)" != 0 ]; then
    exec sudo "$0" "$@"
fi
root=$(mktemp -d build/container.XXXXXX)
server=
cleanup() {
    [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
    rm -rf "$root"
}
trap cleanup EXIT
fail() {
    echo "FAILED: $*" >&2
    exit 1
}
# The recipe's own words.
recipe() { sed -n "s/^$1 //p" packaging/Containerfile | tail -1; }
inside() { chroot --userspec="$(recipe USER)" "$root" /orderd "$@"; }

packaging/container.sh "$root" "${1:-build/orderd}"
chmod 0755 "$root"
touch "$root/made"
# shellcheck disable=SC2046
export $(recipe ENV)
export ORDERD_LISTEN=127.0.0.1:0  # a free port, and no other machine's business

start() {
    : >"$root/served"
    chroot --userspec="$(recipe USER)" "$root" /orderd serve >"$root/served" 2>"$root/log" &
    server=$!
    url=$(url_in "$root/served" $server) || fail "it does not start: $(cat "$root/log")"
}
stop() {
    kill -TERM "$server"
    wait "$server" || fail "it did not stop cleanly"
    server=
}

start
[ "$(curl -s -o /dev/null -w '%{http_code}' "$url/healthz")" = 200 ] || fail "it does not answer"
stop
printf 'Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nmug,Mug,MUG,5,12.50\n' >"$root/tmp/products.csv"
inside import /tmp/products.csv >/dev/null || fail "import"
start
curl -s --fail -o /dev/null -H 'Content-Type: application/json' "$url/orders" -d '{"customer": {"name": "Ada", "email": "ada@example.com",
    "shipping_address": {"line1": "Allee 12", "city": "Berlin", "postal_code": "10115", "country": "DE"}},
    "items": [{"sku": "MUG", "quantity": 2}]}' || fail "no order is taken"
stop
inside export orders | grep -q '^#1001,' || fail "the order is not there"
inside check >/dev/null || fail "the shop does not check"
[ "$(find "$root" -path "$root/shop" -prune -o -type f -newer "$root/made" -print | grep -cv -e /served -e /log -e /products.csv)" = 0 ] ||
    fail "it wrote outside of /shop"
inside doctor >"$root/log" || fail "doctor: $(cat "$root/log")"
echo "the container's file system: $(du -sm "$root" | cut -f1) MiB, an order is taken and kept"
