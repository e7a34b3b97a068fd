#!/bin/sh
# Installs Debian packages where that needs nobody's password: as root, or with sudo that does not ask.
# Exit code 1 when it may not or cannot; the caller says what is missing then.
set -eu
command -v apt-get >/dev/null 2>&1 || exit 1
if [ "$(id -u)" -eq 0 ]; then
    as_root="env DEBIAN_FRONTEND=noninteractive"
elif command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; then
    as_root="sudo -n env DEBIAN_FRONTEND=noninteractive"
else
    exit 1
fi
echo "Installing $* through apt-get ..." >&2
$as_root apt-get update -qq >/dev/null || exit 1
$as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null || exit 1
