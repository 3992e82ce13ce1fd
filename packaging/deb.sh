#!/usr/bin/env bash
# Builds the Debian package, build/orderd_VERSION_ARCHITECTURE.deb, from a release build. The same sources make the same
# package, whatever the folder.
#
#   packaging/deb.sh [--version VERSION]        the executable's version without it
#                    [--architecture arm64]     this machine's without it
set -euo pipefail
cd "$(dirname "$0")/.."

version=
architecture=$(dpkg --print-architecture)
while [ $# -gt 0 ]; do
    case $1:${2:+value} in
        --version:value) version=$2 ;;
        --architecture:value) architecture=$2 ;;
        *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    esac
    shift 2
done
maintainer="orderd maintainers <maintainers@orderd.example>"

if [ "$architecture" = "$(dpkg --print-architecture)" ]; then
    preset=release built=build run=()
    packaging/dependencies.sh
elif [ "$architecture" = arm64 ]; then
    preset=arm64 built=build/arm64 run=(qemu-aarch64-static)
    packaging/dependencies.sh --arm64
else
    echo "Here a package can be built for $(dpkg --print-architecture) and arm64, and not for $architecture" >&2
    exit 2
fi
cmake --preset $preset --log-level=WARNING >/dev/null
cmake --build $built --target orderd -- --quiet
orderd() { "${run[@]}" $built/orderd "$@"; }
version=${version:-$(orderd version | cut -d' ' -f2)}
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)}

root=$(mktemp -d build/deb.XXXXXX)
trap 'rm -rf "$root"' EXIT
chmod 0755 "$root"
put() { install -D -m "$1" "$2" "$root/$3"; }
says() {
    mkdir -p "$(dirname "$root/$1")"
    orderd "${@:2}" >"$root/$1"
}

put 0755 $built/orderd usr/bin/orderd
put 0644 packaging/debian/orderd.service lib/systemd/system/orderd.service
put 0644 packaging/debian/lintian-overrides usr/share/lintian/overrides/orderd
put 0644 packaging/proxies/Caddyfile usr/share/doc/orderd/examples/Caddyfile
put 0644 packaging/proxies/nginx.conf usr/share/doc/orderd/examples/nginx.conf
put 0644 $built/orderd.cdx.json usr/share/doc/orderd/orderd.cdx.json
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
printf 'orderd (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n -- %s  %s\n' \
    "$version" "$maintainer" "$(date -uR -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$doc/changelog.gz"
gzip -9n <CHANGELOG.md >"$doc/CHANGELOG.md.gz"

mkdir "$root/DEBIAN"
for script in postinst prerm postrm; do
    put 0755 packaging/debian/$script DEBIAN/$script
done
echo /etc/orderd/orderd.toml >"$root/DEBIAN/conffiles"
(cd "$root" && find etc lib usr -type f | sort | xargs md5sum) \
    >"$root/DEBIAN/md5sums"
cat >"$root/DEBIAN/control" <<CONTROL
Package: orderd
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f1)
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
