#!/bin/sh
# Prints the path of a Chromium for the browser tests, installing Debian's when there is none and it may.
# Fonts come with it: without them the pages' pictures hold empty boxes.
set -eu
cd "$(dirname "$0")/.."

found() {
    for candidate in ${CHROMIUM:-chromium chromium-browser google-chrome}; do
        command -v "$candidate" && return
    done
    return 1
}

found && exit 0
tools/debian.sh chromium fonts-liberation fonts-dejavu-core || true
found && exit 0
echo "The browser tests need Chromium, and it could not be installed from here." >&2
echo "On Debian: sudo apt-get install chromium fonts-liberation fonts-dejavu-core" >&2
echo "Elsewhere: set CHROMIUM to the path of a Chromium or Chrome." >&2
exit 2
