#!/bin/sh
# size.sh [TREE]: files and functions stay small.
set -u
lint=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}" || exit 2
find lib cmd -name '*.[ch]' 2>/dev/null | sort | LC_ALL=C xargs awk -f "$lint/strip.awk" -f "$lint/size.awk"
