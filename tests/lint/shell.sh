#!/bin/sh
# shell.sh [TREE]: shellcheck has nothing to say about the scripts. What it cannot know of the cases of tests/cli: that
# lib.sh sourced them, with its functions and variables, and that some functions want their shell text unexpanded.
set -u
cd "${1:-.}" || exit 2
command -v shellcheck >/dev/null || { echo "needs shellcheck"; exit 77; }
status=0
find .ci tests examples -type f \( -name '*.sh' -o -name run \) -not -path 'tests/cli/*/*' 2>/dev/null | sort | xargs shellcheck --exclude=SC2015,SC2016 || status=1
cases=$(find tests/cli -mindepth 2 -name '*.sh' 2>/dev/null | sort)
# shellcheck disable=SC2086
[ -z "$cases" ] || shellcheck --shell=sh --exclude=SC1003,SC2015,SC2016,SC2086,SC2154,SC2164,SC2218 $cases || status=1
exit $status
