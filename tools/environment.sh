#!/bin/sh
# Makes .venv with everything this project needs: finds Python 3.11 or newer, installs with the tested constraints.
# PYTHON=/path/to/python chooses another interpreter.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:-python3.11 python3 python3.12 python3.13 python3.14 python}; do
        if new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    say "Rangfolge needs Python 3.11 or newer, and none was found${PYTHON:+ at $PYTHON}."
    say "On Debian 12 or Ubuntu 24.04 and newer: sudo apt-get install python3 python3-venv"
    exit 2
}

can_make_environments() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# Debian and Ubuntu keep venv in a package of its own, named after the interpreter's version.
need_venv() {
    can_make_environments "$1" && return
    version=$("$1" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    tools/debian.sh "$version-venv" || true
    can_make_environments "$1" && return
    say "$1 cannot make environments: its venv module is missing."
    say "On Debian or Ubuntu: sudo apt-get install $version-venv"
    exit 2
}

if ! { [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python=$(find_python)
    need_venv "$python"
    say "Making .venv with $python"
    "$python" -m venv --clear .venv
fi
say "Installing (a few minutes the first time) ..."
# uv does in seconds what takes pip more than a minute; where it cannot be had or fails, pip does it. Both compile what
# they install: where Python may not write bytecode itself, every start would otherwise take three times as long.
extras='.[app,report,cluster,test]'
if ! { .venv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5' >/dev/null 2>&1 &&
    UV_NATIVE_TLS=true UV_SYSTEM_CERTS=true .venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python \
        --constraint constraints.txt --editable "$extras"; }; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --constraint constraints.txt --editable "$extras"
fi
touch .venv/installed
