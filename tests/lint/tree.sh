#!/bin/sh
# tree.sh [TREE]: the top level holds what it shall and nothing else; tests and examples have their parts.
set -u
cd "${1:-.}" || exit 2
status=0
if [ -e .git ] && git ls-files >/dev/null 2>&1; then
    names=$(git ls-files | sed 's|/.*||' | sort -u)
else
    names=$(ls)
fi
for name in $names; do
    case $name in
    Makefile | cmd | lib | man | tests | examples | README.md | COPYING | .* | build | build-*) ;;
    *) echo "$name: does not belong at the top level"; status=1 ;;
    esac
done
for name in Makefile cmd lib man tests examples README.md COPYING .ci/run; do
    [ -e $name ] || { echo "$name: is missing"; status=1; }
done
for script in .ci/run examples/*.sh tests/run tests/lint/*.sh tests/fault/*.sh; do
    [ ! -e "$script" ] || [ -x "$script" ] || { echo "$script: is not executable"; status=1; }
done
for expectation in $(find tests/cli -name '*.out' -o -name '*.err' -o -name '*.code' 2>/dev/null | sort); do
    [ -f "${expectation%.*}.sh" ] || { echo "$expectation: belongs to no case"; status=1; }
done
exit $status
