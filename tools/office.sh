#!/bin/sh
# Prints the path of a LibreOffice that Python can drive, installing Debian's when there is none and it may.
set -eu
cd "$(dirname "$0")/.."

found() {
    ${OFFICE_PYTHON:-/usr/bin/python3} -c 'import uno' >/dev/null 2>&1 || return 1
    for candidate in ${SOFFICE:-soffice libreoffice}; do
        program=$(command -v "$candidate") || continue
        parts=$(dirname "$(readlink -f "$program")")/../share/registry
        [ ! -e "$parts/calc.xcd" ] || [ -e "$parts/writer.xcd" ] || continue
        echo "$program" && return
    done
    return 1
}

found && exit 0
tools/debian.sh libreoffice-calc libreoffice-writer python3-uno || true
found && exit 0
echo "The office tests need LibreOffice Calc and Writer with their Python bridge, and they could not be installed from here." >&2
echo "On Debian: sudo apt-get install libreoffice-calc libreoffice-writer python3-uno" >&2
echo "Elsewhere: set SOFFICE to the path of soffice and OFFICE_PYTHON to a Python that can import uno." >&2
exit 2
