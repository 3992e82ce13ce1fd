#!/usr/bin/env bash
# Makes FOLDER the whole file system of a container: the executable, the certificate authorities that it trusts, the time
# zones, and a user of its own. packaging/Containerfile copies it into an empty image.
#
#   packaging/container.sh FOLDER [EXECUTABLE]    build/orderd without it
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
root=$1
orderd=${2:-build/orderd}
user=10001  # not one of a host's own

install -D -m 0755 "$orderd" "$root/orderd"
install -D -m 0644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
mkdir -p "$root/usr/share"
cp -a /usr/share/zoneinfo "$root/usr/share/"
echo "orderd:x:$user:$user::/shop:" >"$root/etc/passwd"
echo "orderd:x:$user:" >"$root/etc/group"
install -d -m 1777 "$root/tmp"
install -d -m 0700 -o $user -g $user "$root/shop"
