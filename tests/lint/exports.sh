#!/bin/sh
# exports.sh [TREE]: what the library and the program define for others is declared in a header, and none of it, nor
# anything private to a file, can be written to. Reads the objects in $BUILD.
set -u
cd "${1:-.}" || exit 2
[ -z "${SAN-}" ] || { echo "a sanitizer build has symbols of its own"; exit 77; }
objects=$(find "${BUILD:-build}/lib" "${BUILD:-build}/cmd" -name '*.o' 2>/dev/null | sort)
[ -n "$objects" ] || { echo "nothing was built in ${BUILD:-build}"; exit 1; }
declared=$(find lib cmd -name '*.h' -exec cat {} + | tr -cs 'A-Za-z0-9_' '\n' | sort -u)
# An object whose source is gone was left behind by an earlier build.
for object in $objects; do
    source=${object#"${BUILD:-build}"/}
    [ ! -f "${source%.o}.c" ] || echo "$object"
done | xargs nm --format=sysv | awk -F '|' -v declared="$declared" -v build="${BUILD:-build}/" '
    BEGIN { n = split(declared, list, "\n"); for (i = 1; i <= n; i++) known[list[i]] = 1 }
    /^Symbols from .*:$/ {
        file = substr($0, length("Symbols from " build) + 1)
        sub(/\.o:$/, ".c", file)
    }
    NF >= 6 {
        name = $1; class = $3; section = $7
        gsub(/ /, "", name); gsub(/ /, "", class); gsub(/[ \t]/, "", section)
        if (class ~ /^[TRDBCVW]$/ && !(name in known) && name != "main") {
            print file ": " name " is global, and no header declares it"; bad = 1
        }
        # The one handler for lack of memory; main.c keeps what a signal handler must see.
        if (section ~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ && section !~ /^\.data\.rel\.ro/ &&
            file != "lib/base/mem.c") {
            print file ": " name " can be written to"; bad = 1
        }
    }
    END { exit bad }'
