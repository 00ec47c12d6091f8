#!/bin/sh
# format.sh [TREE]: the C files are laid out as .clang-format says. Other releases of clang-format than the one named
# here differ in details.
set -u
cd "${1:-.}" || exit 2
release=14
command -v clang-format >/dev/null || { echo "needs clang-format $release"; exit 77; }
clang-format --version | grep -q "version $release\." || { echo "needs clang-format $release"; exit 77; }
# One process for all of them: starting it takes longer than what it does.
said=$(find cmd lib tests -name '*.[ch]' -print0 | sort -z |
    xargs -0 clang-format --style=file --dry-run --Werror 2>&1) && exit 0
printf '%s\n' "$said" | sed -n "s/^\([^:]*\):[0-9]*:[0-9]*: error: .*/\1: run 'make format'/p" | sort -u
exit 1
