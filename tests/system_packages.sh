#!/bin/sh
# Installs the Debian packages the tests stand on, where they are missing: a browser, its driver, a font, a PostgreSQL.
set -eu

missing=""
need() { missing="$missing $1"; }

command -v chromium >/dev/null || need chromium
command -v chromedriver >/dev/null || need chromium-driver
ls /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf >/dev/null 2>&1 || need fonts-liberation
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need postgresql

[ -n "$missing" ] || exit 0
install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need$missing. Install it first, on Debian:  sudo $install" >&2
    exit 1
fi
echo "Installing$missing …"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { apt-get update && $install; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    exit 1
fi
rm -f "$log"
