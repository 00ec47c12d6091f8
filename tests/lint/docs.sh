#!/bin/sh
# docs.sh [TREE]: every header is a manual.
set -u
lint=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}" || exit 2
find lib cmd -name '*.h' 2>/dev/null | sort | xargs awk -f "$lint/strip.awk" -f "$lint/docs.awk"
