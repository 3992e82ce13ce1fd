#!/usr/bin/env bash
# Builds the Debian package, build/orderd_VERSION_ARCHITECTURE.deb, from a release build.
#
#   packaging/deb.sh [--version VERSION]   the project's version without it
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's/^project(orderd VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
if [ "${1:-}" = --version ] && [ -n "${2:-}" ]; then
    version=$2
elif [ $# -gt 0 ]; then
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
maintainer="orderd maintainers <maintainers@orderd.example>"

packaging/dependencies.sh
cmake --preset release --log-level=WARNING >/dev/null
cmake --build build --target orderd -- --quiet

root=$(mktemp -d build/deb.XXXXXX)
trap 'rm -rf "$root"' EXIT
chmod 0755 "$root"
put() { install -D -m "$1" "$2" "$root/$3"; }
says() {
    mkdir -p "$(dirname "$root/$1")"
    build/orderd "${@:2}" >"$root/$1"
}

put 0755 build/orderd usr/bin/orderd
put 0644 packaging/debian/orderd.service lib/systemd/system/orderd.service
put 0644 packaging/debian/lintian-overrides usr/share/lintian/overrides/orderd
put 0644 packaging/proxies/Caddyfile usr/share/doc/orderd/examples/Caddyfile
put 0644 packaging/proxies/nginx.conf usr/share/doc/orderd/examples/nginx.conf
put 0644 build/orderd.cdx.json usr/share/doc/orderd/orderd.cdx.json
says usr/share/bash-completion/completions/orderd completions bash
says usr/share/zsh/vendor-completions/_orderd completions zsh
says usr/share/fish/vendor_completions.d/orderd.fish completions fish
says usr/share/man/man1/orderd.1 manual
gzip -9n "$root/usr/share/man/man1/orderd.1"
says etc/orderd/orderd.toml config
# What a package has to say about its own system; the rest is the executable's defaults.
sed -i -e 's|^#data = .*|data = "/var/lib/orderd"|' -e 's|^#backup-dir = .*|backup-dir = "/var/lib/orderd/backups"|' \
    "$root/etc/orderd/orderd.toml"

doc=$root/usr/share/doc/orderd
{
    cat packaging/debian/copyright
    sed -n '/^Permission/,$p' LICENSE | sed -e 's/^$/./' -e 's/^/ /'
} >"$doc/copyright"
printf 'orderd (%s) unstable; urgency=medium\n\n  * As in its history.\n\n -- %s  %s\n' \
    "$version" "$maintainer" "$(date -R -d "@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}")" |
    gzip -9n >"$doc/changelog.gz"

mkdir "$root/DEBIAN"
for script in postinst prerm postrm; do
    put 0755 packaging/debian/$script DEBIAN/$script
done
echo /etc/orderd/orderd.toml >"$root/DEBIAN/conffiles"
(cd "$root" && find etc lib usr -type f | sort | xargs md5sum) \
    >"$root/DEBIAN/md5sums"
architecture=$(dpkg --print-architecture)
cat >"$root/DEBIAN/control" <<CONTROL
Package: orderd
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: adduser, ca-certificates, init-system-helpers (>= 1.54~)
Section: web
Priority: optional
Homepage: https://orderd.example/
Description: order desk of a small shop, in one file
 orderd serves a REST API and an admin dashboard from one SQLite database. It
 takes orders, keeps the stock honest, takes payment, prints shipping labels,
 follows parcels, and tells people what happened.
CONTROL
find "$root" -type d -exec chmod 0755 {} +
find "$root/etc" "$root/usr/share" -type f -exec chmod 0644 {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "build/orderd_${version}_$architecture.deb"
