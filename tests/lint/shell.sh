#!/bin/sh
# shell.sh [TREE]: shellcheck has nothing to say about the scripts; in the cases of tests/cli, which use what lib.sh has
# defined and set, it looks for plain errors only.
set -u
cd "${1:-.}" || exit 2
command -v shellcheck >/dev/null || { echo "needs shellcheck"; exit 77; }
status=0
find .ci tests examples -type f \( -name '*.sh' -o -name run -o -name az-shim \) -not -path 'tests/cli/*/*' 2>/dev/null | sort | xargs shellcheck --exclude=SC2015,SC2016 || status=1
cases=$(find tests/cli -mindepth 2 -name '*.sh' 2>/dev/null | sort)
# shellcheck disable=SC2086
[ -z "$cases" ] || shellcheck --shell=sh --severity=error --exclude=SC2218 $cases || status=1
exit $status
