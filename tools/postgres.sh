#!/bin/sh
# Prints the folder with PostgreSQL's initdb and pg_ctl for the tests, installing Debian's when there is none and it may.
# Prints nothing where that cannot be: the tests on PostgreSQL are skipped then, and say so.
set -eu
cd "$(dirname "$0")/.."

found() {
    for folder in ${POSTGRES_BIN:-} $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
        [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && printf '%s\n' "$folder" && return
    done
    program=$(command -v initdb) && command -v pg_ctl >/dev/null && dirname "$program"
}

found && exit 0
tools/debian.sh postgresql || true
found && exit 0
echo "Tests on PostgreSQL are left out: it could not be installed from here." >&2
echo "On Debian: sudo apt-get install postgresql; elsewhere: set POSTGRES_BIN to the folder of initdb." >&2
