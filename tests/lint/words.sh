#!/bin/sh
# words.sh [TREE]: no work left for later in the text, no path of somebody's machine, clean line ends.
set -u
cd "${1:-.}" || exit 2
later=$(printf 'TO%s|FIX%s|XX%s|HA%s' DO ME X CK)
home=$(printf '/ho%s/|/Us%s/|/ro%s/' me ers ot)
# shellcheck disable=SC2016 # it is awk that expands
find cmd lib man examples tests Makefile README.md -type f -not -path 'tests/data/*' -not -name '*.out' -not -name '*.err' 2>/dev/null |
    sort | xargs awk -v later="(^|[^A-Za-z])($later)([^A-Za-z]|\$)" -v home="(^|[^A-Za-z0-9.])($home)" '
    function report(text) { print FILENAME ":" FNR ": " text; bad = 1 }
    $0 ~ later { report("work left for later") }
    $0 ~ home && FILENAME !~ /^man\// { report("a path of one machine") }
    /[ \t]$/ { report("blank at the end of the line") }
    /\r/ { report("carriage return") }
    /\t/ && FILENAME ~ /\.[ch]$/ { report("tab") }
    END { exit bad }'
