#!/usr/bin/env bash
# Builds two versions of the Debian package, and does with them in a fresh Debian 12 what a shop's owner would: install,
# serve as its own user, order, back up, upgrade, remove, purge, restore, and run it all under systemd, where a
# container can be booted. Takes root, debootstrap and systemd-nspawn.
#
#   packaging/test-deb.sh [FOLDER]    where the Debian goes; build/deb-test without it, which is rebuilt
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/started.sh

if [ "$(id -u)" != 0 ]; then
    exec sudo "$0" "$@"
fi
for pair in debootstrap:debootstrap lintian:lintian openssl:openssl systemd-nspawn:systemd-container; do
    command -v "${pair%%:*}" >/dev/null || apt-get -qq -y install --no-install-recommends "${pair##*:}" >/dev/null
done

root=$(realpath -m "${1:-build/deb-test}")
passed=0
server=
container=
init=

say() { echo "== $*"; }
fail() {
    echo "FAILED: $*" >&2
    exit 1
}
good() {
    echo "   good: $*"
    passed=$((passed + 1))
}
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_orderd() { inside runuser -u orderd -- "$@"; }
orderd() { as_orderd /usr/bin/orderd "$@"; }

# Starts what the unit starts, as the unit's user, on a free port: there is no systemd in a chroot.
start() {
    local unit=$root/lib/systemd/system/orderd.service command user
    command=$(sed -n 's/^ExecStart=//p' "$unit")
    user=$(sed -n 's/^User=//p' "$unit")
    : >"$root/tmp/served"
    # shellcheck disable=SC2086  # the unit's command is words
    chroot "$root" env -i PATH=/usr/bin:/bin HOME=/var/lib/orderd setpriv --reuid "$user" --regid "$user" --clear-groups \
        --no-new-privs $command --listen 127.0.0.1:0 >"$root/tmp/served" 2>"$root/tmp/log" &
    server=$!
    url=$(url_in "$root/tmp/served" $server) || fail "the service does not start: $(cat "$root/tmp/log")"
}
stop() {
    kill -TERM "$server"
    wait "$server" || fail "the service did not stop cleanly"
    server=
}
order_is_there() {
    orderd export orders | grep '^#1001,' >/dev/null || fail "$1"
    orderd check >/dev/null || fail "$1: the shop does not check"
    good "$1"
}
# Boots the Debian as a container with its own network. Fails where containers cannot be.
boot() {
    umount "$root/proc"  # it would be taken for its own
    systemd-nspawn --quiet --register=no --keep-unit --private-network --console=pipe --boot --directory "$root" \
        >build/nspawn.log 2>&1 </dev/null &
    container=$!
    for _ in $(seq 3000); do
        read -r init _ <"/proc/$container/task/$container/children" 2>/dev/null || true
        case $(booted systemctl is-system-running 2>/dev/null) in running | degraded) return 0 ;; esac
        kill -0 $container 2>/dev/null || break
        sleep 0.1
    done
    return 1
}
booted() { nsenter --target "$init" --all env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"; }
shut_down() {
    kill -TERM "$container" 2>/dev/null || true
    wait "$container" || true
    container=
}
# The commands of the README that come first after TEXT, run there as they stand.
readme() {
    local commands
    commands=$(awk -v after="$1" 'index($0, after) {found = 1}
        found && /^```sh/ {printing = 1; next} printing && /^```/ {exit} printing' README.md)
    [ -n "$commands" ] || fail "README has no commands after: $1"
    booted bash -euo pipefail -c "$commands" >build/readme.log 2>&1 || fail "README, $1: $(cat build/readme.log)"
}
until_good() {
    for _ in $(seq 1200); do
        ! "$@" >/dev/null 2>&1 || return 0
        sleep 0.1
    done
    return 1
}
cleanup() {
    [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
    [ -z "$container" ] || shut_down
    ! mountpoint -q "$root/proc" || umount "$root/proc"
}
trap cleanup EXIT

say "the packages"
architecture=$(dpkg --print-architecture)
packaging/deb.sh >/dev/null
version=$(build/orderd version | cut -d' ' -f2)
packaging/deb.sh --version "$version~previous" >/dev/null
old=build/orderd_$version~previous_$architecture.deb
new=build/orderd_${version}_$architecture.deb
said=$(lintian --allow-root --fail-on error,warning "$new") || fail "lintian: $said"
good "lintian finds nothing"
exposure=$(systemd-analyze security --offline=true packaging/debian/orderd.service | sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p')
awk -v e="$exposure" 'BEGIN {exit !(e != "" && e <= 2.0)}' || fail "the unit's exposure is $exposure"
good "the unit's exposure is $exposure"

say "a fresh Debian 12 in $root"
mirror=$(apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | awk '$2 !~ /-/ {print $1; exit}')
cleanup
rm -rf "$root"
mkdir -p "$root"
debootstrap --variant=minbase --include=adduser,ca-certificates,curl,init-system-helpers,systemd,systemd-sysv bookworm "$root" "$mirror" >build/debootstrap.log ||
    fail "debootstrap: $(tail -3 build/debootstrap.log)"
mount -t proc proc "$root/proc"
cp "$old" "$root/tmp/old.deb"
cp "$new" "$root/tmp/new.deb"

say "install"
inside apt-get -y install /tmp/old.deb >"$root/tmp/dpkg" 2>&1 || fail "$(cat "$root/tmp/dpkg")"
grep -q "journalctl -u orderd" "$root/tmp/dpkg" || fail "installing does not say where the set-up link is"
good "it says where the one-time link is"
[ "$(stat -c '%U %a' "$root/var/lib/orderd" | sed "s/^UNKNOWN/orderd/")" = "orderd 700" ] ||
    [ "$(inside stat -c '%U %a' /var/lib/orderd)" = "orderd 700" ] || fail "/var/lib/orderd is not orderd's alone"
good "/var/lib/orderd is its user's alone"
for file in /usr/share/man/man1/orderd.1.gz /etc/orderd/orderd.toml /usr/share/bash-completion/completions/orderd \
    /usr/share/zsh/vendor-completions/_orderd /usr/share/fish/vendor_completions.d/orderd.fish; do
    [ -s "$root$file" ] || fail "$file is not installed"
done
inside bash -n /usr/share/bash-completion/completions/orderd || fail "bash does not take its completions"
good "manual, configuration and completions are there"

say "serve and order"
start
grep -q '^Set up the shop, once, at ' "$root/tmp/served" || fail "there is no set-up link"
good "it serves as its user, and prints the link"
printf 'Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nmug,Mug,MUG,5,12.50\n' >"$root/tmp/products.csv"
orderd import /tmp/products.csv >/dev/null
inside curl -sf "$url/orders" --json '{"customer": {"name": "Ada Lovelace", "email": "ada@example.com",
    "shipping_address": {"line1": "Allee 12", "city": "Berlin", "postal_code": "10115", "country": "DE"}},
    "items": [{"sku": "MUG", "quantity": 2}]}' >/dev/null || fail "no order is taken"
order_is_there "an order is placed"

say "back up"
orderd backup /var/lib/orderd/copy.db >/dev/null
orderd backup --drill >/dev/null
cp "$root/var/lib/orderd/copy.db" "$root/var/lib/orderd/shop.key" "$root/tmp/"
for _ in $(seq 1200); do
    ! ls "$root"/var/lib/orderd/backups/shop-*.db >/dev/null 2>&1 || break
    sleep 0.1
done
ls "$root"/var/lib/orderd/backups/shop-*.db >/dev/null || fail "the server makes no backup automatically"
good "a backup by hand, a drill, and one by the server itself"
stop
good "SIGTERM stops it cleanly"

say "upgrade"
echo '# a line of the owner' >>"$root/etc/orderd/orderd.toml"
# Without its key the shop cannot be opened, and so not be upgraded.
mv "$root/var/lib/orderd/shop.key" "$root/tmp/aside.key"
sum=$(sha256sum "$root/var/lib/orderd/shop.db")
! inside apt-get -y -o Dpkg::Options::=--force-confold install /tmp/new.deb >"$root/tmp/dpkg" 2>&1 ||
    fail "an upgrade that does not work on a copy goes on"
grep -q "did not work on a copy" "$root/tmp/dpkg" || fail "it is not said why the upgrade stopped: $(cat "$root/tmp/dpkg")"
[ "$(sha256sum "$root/var/lib/orderd/shop.db")" = "$sum" ] || fail "an upgrade that failed changed the shop"
good "an upgrade that does not work on a copy stops, and leaves the shop as it was"
mv "$root/tmp/aside.key" "$root/var/lib/orderd/shop.key"
inside dpkg --force-confold --configure orderd >"$root/tmp/dpkg" 2>&1 || fail "$(cat "$root/tmp/dpkg")"
grep -q "every invariant holds" "$root/tmp/dpkg" || fail "the upgrade was not rehearsed"
grep -q "a line of the owner" "$root/etc/orderd/orderd.toml" || fail "the owner's configuration is gone"
order_is_there "the upgrade was rehearsed, and keeps the order"
start
inside curl -sf "$url/products" | grep '"MUG"' >/dev/null || fail "the new version does not serve"
stop
good "the new version serves"

say "remove, purge"
inside dpkg --remove orderd >/dev/null 2>&1
[ -e "$root/var/lib/orderd/shop.db" ] && [ -e "$root/etc/orderd/orderd.toml" ] || fail "removing took data away"
good "removing keeps data and configuration"
inside dpkg --purge orderd >/dev/null 2>&1
[ -e "$root/var/lib/orderd/shop.db" ] && [ ! -e "$root/etc/orderd/orderd.toml" ] || fail "purging took data away, or left configuration"
good "purging keeps the shop"
inside dpkg -i /tmp/new.deb >/dev/null 2>&1
order_is_there "installed again, the order is there"
inside env ORDERD_PURGE_DATA=yes apt-get -y purge orderd >/dev/null 2>&1
[ ! -e "$root/var/lib/orderd" ] || fail "purging with ORDERD_PURGE_DATA=yes leaves data"
good "purging removes the shop when told"

say "restore"
inside dpkg -i /tmp/new.deb >/dev/null 2>&1
inside install -o orderd -g orderd -m 0600 /tmp/shop.key /var/lib/orderd/shop.key
inside install -o orderd -g orderd -m 0600 /tmp/copy.db /tmp/owned.db
orderd restore /tmp/owned.db >/dev/null
order_is_there "the order is restored on a new server"

say "under systemd"
secure() { booted curl -sf --cacert "$live/fullchain.pem" --resolve shop.example.com:443:127.0.0.1 "https://shop.example.com$1"; }
renew() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=shop.example.com -addext subjectAltName=DNS:shop.example.com \
        -keyout "$root$live/privkey.pem" -out "$root$live/fullchain.pem" 2>/dev/null
}
link_is_told() { booted journalctl -u orderd -o cat | grep 'Set up' >/dev/null; }  # a moment after it answers
main_pid() { booted systemctl show orderd --property MainPID --value; }
if boot; then
    until_good booted curl -sf http://127.0.0.1:8080/healthz || fail "the service does not answer: $(booted journalctl -u orderd)"
    [ "$(booted stat -c %U "/proc/$(main_pid)")" = orderd ] || fail "the service is not its user's"
    until_good link_is_told || fail "there is no set-up link in the journal: $(booted journalctl -u orderd -o cat)"
    good "it is started at boot, as its user, and the journal has the link"
    booted curl -sf http://127.0.0.1:8080/orders --json '{"customer": {"name": "Ada Lovelace", "email": "ada@example.com",
        "shipping_address": {"line1": "Allee 12", "city": "Berlin", "postal_code": "10115", "country": "DE"}},
        "items": [{"sku": "MUG", "quantity": 1}]}' >/dev/null || fail "no order is taken under the unit's restrictions"
    good "it takes orders under the unit's restrictions"

    printf '#!/bin/sh\n[ "$1" != -u ] || { user=$2; shift 2; exec runuser -u "$user" -- "$@"; }\nexec "$@"\n' >"$root/usr/local/bin/sudo"
    chmod 0755 "$root/usr/local/bin/sudo"
    echo sk_test_of_a_file >"$root/root/stripe.key"
    chmod 0600 "$root/root/stripe.key"
    readme "## Configure"
    until_good booted curl -sf http://127.0.0.1:8080/healthz || fail "with a credential: $(booted journalctl -u orderd -n 5)"
    ! booted sudo -u orderd orderd doctor | grep 'cannot be read' || fail "the doctor does not see the service's credential"
    good "a secret comes as a systemd credential, and the doctor sees it"

    readme "Another disk is a better place for them"
    until_good compgen -G "$root/mnt/backup/orderd/shop-*.db" || fail "no backup on the other disk: $(booted journalctl -u orderd -n 5)"
    good "it backs up into a folder that a drop-in lets it write to"
    booted rm "/etc/systemd/system/orderd.service.d/backups.conf"
    booted sed -i 's|^backup-dir = .*|backup-dir = "/mnt/closed"|' /etc/orderd/orderd.toml
    booted install -d -o orderd /mnt/closed
    booted systemctl daemon-reload
    booted systemctl restart orderd
    until_good booted sh -c "journalctl -u orderd | grep 'the backup failed.*Read-only file system'" ||
        fail "the journal does not say that the unit keeps backups out: $(booted journalctl -u orderd -n 5)"
    good "without the drop-in the journal says why there is no backup"
    booted sed -i 's|^backup-dir = .*|backup-dir = "/var/lib/orderd/backups"|' /etc/orderd/orderd.toml

    live=/etc/letsencrypt/live/shop.example.com
    mkdir -p "$root$live"
    renew
    readme "## HTTPS without a proxy"
    until_good secure /healthz || fail "no HTTPS: $(booted journalctl -u orderd -n 5)"
    sent=$(booted curl -s -o /dev/null -w '%{http_code} %{redirect_url}' --resolve shop.example.com:80:127.0.0.1 'http://shop.example.com/products?q=mug')
    [ "$sent" = "308 https://shop.example.com/products?q=mug" ] || fail "plain HTTP gets $sent"
    good "it speaks HTTPS on port 443, and sends port 80 there"
    before=$(main_pid)
    renew
    booted install -o orderd -m 0600 "$live/fullchain.pem" "$live/privkey.pem" /etc/orderd/tls/
    readme "When the certificate is renewed"
    until_good secure /healthz || fail "a renewed certificate is not taken: $(booted journalctl -u orderd -n 5)"
    [ "$(main_pid)" = "$before" ] || fail "reloading starts another process"
    good "reloading takes a renewed certificate up"
    booted systemctl stop orderd
    [ "$(booted systemctl show orderd --property Result --value)" = success ] || fail "systemd does not stop it cleanly"
    good "systemd stops it cleanly"
    shut_down
else
    echo "   no container can be booted here: the unit's command was tried as its user, and not systemd itself"
fi

cleanup
rm -rf "$root"
echo "$passed passed, 0 failed"
