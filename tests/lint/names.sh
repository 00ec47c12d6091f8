#!/bin/sh
# names.sh [TREE]: no name that C or POSIX reserves, no typedef, no file name that says nothing.
set -u
lint=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}" || exit 2
status=0
find lib cmd -name '*.[ch]' 2>/dev/null | sort | xargs awk -f "$lint/strip.awk" -f "$lint/names.awk" || status=1
for file in $(find lib cmd -name '*.[ch]' 2>/dev/null | sort); do
    case ${file##*/} in
    util*.[ch] | common.[ch] | types.[ch] | misc.[ch] | helper*.[ch] | base.[ch])
        echo "$file: nobody can guess from this name what is in it" && status=1 ;;
    esac
done
exit $status
