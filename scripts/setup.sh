#!/bin/sh
# Installs what building and testing need and the machine lacks: quick and silent about what is there already,
# non-interactive, as root or with sudo. `setup.sh demo` leaves out what only the tests use.
set -eu

# The version the suite was last run with; any newer one that the pinned Rust can compile will do.
NEXTEST_VERSION=0.9.143

say() { printf 'setup: %s\n' "$*"; }
fail() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

any_exists() {
    for path in "$@"; do
        [ -e "$path" ] && return 0
    done
    return 1
}

# bindgen loads libclang, and needs the headers that belong to it, while it makes the HiGHS bindings.
have_libclang() {
    [ -n "${LIBCLANG_PATH:-}" ] && return 0
    any_exists /usr/lib/llvm-*/lib/libclang*.so* /usr/lib/*/libclang.so* /usr/lib/*/libclang-[0-9]*.so* &&
        any_exists /usr/lib/llvm-*/lib/clang/*/include/stddef.h /usr/lib/clang/*/include/stddef.h
}

# The service is tested on PostgreSQL too; without a server those tests run on SQLite alone.
have_postgres() {
    [ -n "$for_demo" ] || ! have apt-get || any_exists /usr/lib/postgresql/*/bin/initdb
}

# The board is walked through in a real browser; elsewhere than on Debian those walks are left out where there is none.
have_chromium() {
    [ -n "${CHROMIUM:-}" ] || any_exists /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome
}
needs_no_walks() {
    [ -n "$for_demo" ] || ! have apt-get
}

missing_packages() {
    have make || printf ' make'
    have cmake || printf ' cmake'
    { have c++ && have cc; } || printf ' g++'
    have_libclang || printf ' libclang-dev'
    have_postgres || printf ' postgresql'
    needs_no_walks || have_chromium || printf ' chromium'
    needs_no_walks || have node || printf ' nodejs'
    needs_no_walks || have npm || printf ' npm'
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        fail "not root and no sudo. As root, run: apt-get update && apt-get install --yes$packages"
    fi
}

install_packages() {
    packages=$(missing_packages)
    [ -z "$packages" ] && return 0
    have apt-get || fail "missing:$packages. This is not Debian (no apt-get): install them with the machine's own package manager, then run this again."
    say "installing with apt-get:$packages"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
    # shellcheck disable=SC2086 -- the list is words on purpose
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes -q --no-install-recommends $packages
    packages=$(missing_packages)
    [ -z "$packages" ] || fail "apt-get ran, but these are still missing:$packages"
}

check_rust() {
    have cargo || fail "no Rust toolchain: cargo is not on the PATH. Install it from https://rustup.rs, then run this again."
    if ! cargo --version >/dev/null 2>&1; then
        pinned=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
        say "installing Rust $pinned, which rust-toolchain.toml asks for"
        { have rustup && rustup toolchain install "$pinned" --profile minimal --component rustfmt --component clippy; } ||
            fail "Rust $pinned cannot be had. To use the default toolchain instead, put RUSTUP_TOOLCHAIN=stable before the command."
    fi
    needed=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' Cargo.toml)
    found=$(cargo --version | cut -d ' ' -f 2)
    [ "$(printf '%s\n' "$needed" "$found" | sort -V | head -n 1)" = "$needed" ] ||
        fail "Rust $needed or newer is needed, this is $found. Update it, for example with rustup from https://rustup.rs."
}

# Without cargo-nextest the tests still run, under cargo's own runner.
install_nextest() {
    cargo nextest --version >/dev/null 2>&1 && return 0
    say "compiling cargo-nextest $NEXTEST_VERSION (once, a few minutes)"
    cargo install cargo-nextest --version "$NEXTEST_VERSION" --locked --no-default-features --features default-no-update ||
        say "cargo-nextest could not be installed; the tests will run under cargo test, which is slower"
}

# Playwright's driver and axe, pinned in browser/package-lock.json.
install_walks() {
    have npm && have node && have_chromium || return 0
    [ browser/node_modules/.package-lock.json -nt browser/package-lock.json ] && return 0
    say "installing what walks through the board (browser/package-lock.json, from the npm registry)"
    npm ci --prefix browser --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null ||
        say "npm could not install browser/package-lock.json (is the npm registry within reach?): no walks of the board"
}

cd "$(dirname "$0")/.."
for_demo=${1:-}
install_packages
check_rust
[ -n "$for_demo" ] || install_nextest
[ -n "$for_demo" ] || install_walks
