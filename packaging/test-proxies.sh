#!/usr/bin/env bash
# Puts the sample configurations of Caddy and nginx before a shop, with Debian's own of both, and holds what they
# promise against them: the client's address, live updates, uploads, TLS. Everything is on loopback and in a scratch
# folder.
#
#   packaging/test-proxies.sh [ORDERD]    the executable; build/orderd without it
set -euo pipefail
cd "$(dirname "$0")/.."

orderd=$(realpath "${1:-build/orderd}")
PATH=$PWD/build/deps/proxies/usr/bin:$PWD/build/deps/proxies/usr/sbin:$PATH:/usr/sbin
for command in caddy nginx curl openssl; do
    command -v $command >/dev/null || {
        echo "$command is missing: packaging/dependencies.sh --tests brings it" >&2
        exit 1
    }
done

scratch=$(mktemp -d)
passed=0
started=()
cleanup() {
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait
    rm -rf "$scratch"
}
trap cleanup EXIT

fail() {
    echo "FAILED: $*" >&2
    tail -n 5 -v "$scratch"/*.log >&2
    exit 1
}
good() {
    echo "   good: $*"
    passed=$((passed + 1))
}
free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {console.log(s.address().port); s.close()})'; }
until_answers() {
    for _ in $(seq 600); do
        ! curl -skf --resolve "shop.example.com:${1##*:}:127.0.0.1" "$1/healthz" >/dev/null 2>&1 || return 0
        sleep 0.1
    done
    fail "$1 does not answer"
}

mkdir "$scratch/shop"
echo "correct horse battery" | "$orderd" admin add ada --role owner --password-stdin --data "$scratch/shop" >/dev/null
shop=$(free_port)
serve_shop() {
    "$orderd" serve --data "$scratch/shop" --listen "127.0.0.1:$shop" --trusted-proxy 127.0.0.1 --rate-burst 20 \
        --rate-per-minute 0.01 >"$scratch/orderd.log" 2>&1 &
    started+=($!)
    until_answers "http://127.0.0.1:$shop"
}
serve_shop
token=$(curl -sf "http://127.0.0.1:$shop/auth/login" --json '{"username": "ada", "password": "correct horse battery"}' |
    node -p 'JSON.parse(require("fs").readFileSync(0)).access_token')
# 3 MiB: more than the 1 MiB that nginx takes by default.
{
    echo "Handle,Title,Body (HTML),Variant SKU,Variant Inventory Qty,Variant Price"
    for i in $(seq 300); do printf 'p%d,Product %d,%s,SKU-%d,5,1.00\n' "$i" "$i" "$(printf '%010000d' "$i")" "$i"; done
} >"$scratch/products.csv"

# What holds behind a proxy that answers at https://shop.example.com:PORT, and sends on what comes at http://…:PLAIN.
try_proxy() {
    local name=$1 port=$2 plain=$3 url=https://shop.example.com:$2 code
    local ask=(curl -sk --max-time 300 --resolve "shop.example.com:$port:127.0.0.1" --resolve "shop.example.com:$plain:127.0.0.1")
    echo "== $name"
    until_answers "$url"
    "${ask[@]}" -f "$url/products" | grep '"data"' >/dev/null || fail "$name: no products"
    "${ask[@]}" -D - -o /dev/null "$url/products" | grep -i '^strict-transport-security' >/dev/null || fail "$name: the shop does not know of TLS"
    good "$name serves the shop over TLS, and the shop knows"

    code=$("${ask[@]}" -o /dev/null -w '%{http_code} %{redirect_url}' "http://shop.example.com:$plain/products")
    [[ $code =~ ^30[18]\ https://shop.example.com ]] || fail "$name: http is not sent to https: $code"
    good "$name sends http to https"

    code=$("${ask[@]}" -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" -H 'Content-Type: text/csv' \
        --data-binary "@$scratch/products.csv" "$url/admin/inventory/import?dry_run=true")
    [ "$code" = 200 ] || fail "$name: an import of 3 MiB gets $code"
    good "$name lets an import of 3 MiB through"

    # An event that happens while the stream is open comes at once, not when the stream ends.
    "${ask[@]}" -N -H "Authorization: Bearer $token" "$url/admin/events/stream" >"$scratch/stream" 2>/dev/null &
    local stream=$!
    for _ in $(seq 600); do
        curl -sf -X PUT "http://127.0.0.1:$shop/admin/settings" -H "Authorization: Bearer $token" \
            --json "{\"shop_name\": \"$name $RANDOM\"}" >/dev/null || fail "$name: no setting can be changed"
        ! grep -q setting.changed "$scratch/stream" || break
        sleep 0.1
    done
    kill -0 $stream 2>/dev/null || fail "$name: the stream ended on its own"
    kill $stream
    wait $stream 2>/dev/null || true
    grep -q setting.changed "$scratch/stream" || fail "$name: live updates are held back"
    good "$name hands on live updates as they come"

    # A client is limited by its own address, whatever it claims: 25 sign-ins as 25 others are too many.
    local refused=0
    for i in $(seq 25); do
        code=$("${ask[@]}" -o /dev/null -w '%{http_code}' -H "X-Forwarded-For: 192.0.2.$i" \
            --json '{"username": "nobody'"$i"'", "password": "guess guess"}' "$url/auth/login")
        [ "$code" != 429 ] || refused=$((refused + 1))
    done
    [ $refused -ge 4 ] || fail "$name: what a client claims in X-Forwarded-For counts ($refused refused)"
    good "$name does not hand on what a client claims about its address"
}

tls=$(free_port)
plain=$(free_port)
sed -e "s|^shop.example.com {|{\n\tadmin off\n\thttp_port $plain\n\thttps_port $tls\n\tskip_install_trust\n}\nshop.example.com:$tls {\n\ttls internal|" \
    -e "s|127.0.0.1:8080|127.0.0.1:$shop|" packaging/proxies/Caddyfile >"$scratch/Caddyfile"
HOME=$scratch XDG_DATA_HOME=$scratch caddy run --config "$scratch/Caddyfile" --adapter caddyfile >"$scratch/caddy.log" 2>&1 &
caddy=$!
started+=($caddy)
try_proxy Caddy "$tls" "$plain"
kill $caddy

# The buckets of the address that Caddy's clients used up fill too slowly to wait for.
kill "${started[0]}"
wait "${started[0]}" || true
serve_shop

tls=$(free_port)
plain=$(free_port)
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=shop.example.com -keyout "$scratch/privkey.pem" \
    -out "$scratch/fullchain.pem" 2>/dev/null
{
    # Started by root, nginx would leave the scratch folder to a user who may not write there.
    [ "$(id -u)" != 0 ] || echo "user root;"
    echo "daemon off; pid $scratch/nginx.pid; error_log $scratch/nginx.log; worker_processes 1;"
    echo "events {} http { access_log off; client_body_temp_path $scratch/body; proxy_temp_path $scratch/proxy;"
    echo "fastcgi_temp_path $scratch/fastcgi; uwsgi_temp_path $scratch/uwsgi; scgi_temp_path $scratch/scgi;"
    sed -e "s|listen 80;|listen 127.0.0.1:$plain;|" -e "s|listen 443 ssl|listen 127.0.0.1:$tls ssl|" \
        -e "s|/etc/letsencrypt/live/shop.example.com|$scratch|" -e "s|127.0.0.1:8080|127.0.0.1:$shop|" packaging/proxies/nginx.conf
    echo "}"
} >"$scratch/nginx.conf"
nginx -e "$scratch/nginx.log" -c "$scratch/nginx.conf" >"$scratch/nginx.out" 2>&1 &
started+=($!)
try_proxy nginx "$tls" "$plain"

echo "$passed passed, 0 failed"
