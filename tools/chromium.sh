#!/bin/sh
# Makes sure the browser tests have a Chromium; fonts come with it, or the pages' pictures hold empty boxes.
set -eu
cd "$(dirname "$0")/.."
found() { [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] || [ -x /usr/bin/chromium ]; }
found && exit 0
tools/debian.sh chromium fonts-liberation fonts-dejavu-core || true
found && exit 0
echo "The browser tests need Chromium, and it could not be installed from here." >&2
echo "On Debian: sudo apt-get install chromium fonts-liberation fonts-dejavu-core" >&2
echo "Elsewhere: set CHROMIUM to the path of a Chromium or Chrome." >&2
exit 2
