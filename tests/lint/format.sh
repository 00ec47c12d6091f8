#!/bin/sh
# format.sh [TREE]: the C files are laid out as .clang-format says. Other releases of clang-format than the one named
# here differ in details.
set -u
cd "${1:-.}" || exit 2
release=14
command -v clang-format >/dev/null || { echo "needs clang-format $release"; exit 77; }
clang-format --version | grep -q "version $release\." || { echo "needs clang-format $release"; exit 77; }
status=0
for file in $(find cmd lib tests -name '*.[ch]' | sort); do
    clang-format --style=file "$file" | cmp -s - "$file" || { echo "$file: run 'make format'"; status=1; }
done
exit $status
