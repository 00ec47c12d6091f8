#!/bin/sh
# banned.sh [TREE]: no call of a banned function, and none of one that belongs elsewhere.
set -u
lint=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}" || exit 2
find lib cmd -name '*.[ch]' 2>/dev/null | sort | xargs awk -f "$lint/strip.awk" -f "$lint/banned.awk"
