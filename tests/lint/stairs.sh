#!/bin/sh
# stairs.sh [TREE]: includes only go down the stairs; outside libraries stay in their rooms; own header first.
set -u
lint=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}" || exit 2
headers=$(find lib cmd -name '*.h' 2>/dev/null | sed 's|^lib/||')
find lib cmd -name '*.[ch]' 2>/dev/null | sort |
    xargs awk -v headers="$headers" -f "$lint/strip.awk" -f "$lint/stairs.awk"
