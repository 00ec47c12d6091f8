#!/bin/sh
# headers.sh [TREE]: every header compiles alone and has the guard that its place gives it.
set -u
cd "${1:-.}" || exit 2
status=0
for header in $(find lib cmd -name '*.h' | sort); do
    guard=$(echo "${header#lib/}" | tr 'a-z/.' 'A-Z__')
    grep -qx "#ifndef $guard" "$header" || { echo "$header: its guard is not $guard"; status=1; }
    # shellcheck disable=SC2046,SC2086
    echo "#include \"${header#lib/}\"" |
        ${CC:-cc} -std=c11 -D_GNU_SOURCE -Ilib -I. -Wall -Wextra -fsyntax-only $(pkg-config --cflags libcjson 2>/dev/null) -x c - ||
        { echo "$header: does not compile alone"; status=1; }
done
exit $status
