#!/bin/sh
# man.sh [TREE]: the pages in man/ that the program makes are those it makes now, and mandoc finds nothing to say.
set -u
cd "${1:-.}" || exit 2
[ -n "$(ls man 2>/dev/null)" ] || { echo "man/ is empty"; exit 1; }
status=0
fresh=$(mktemp -d "${TMPDIR:-/tmp}/sig-man.XXXXXX") || exit 2
trap 'rm -rf "$fresh"' EXIT
"${BUILD:-build}/sig" generate man "$fresh" || exit 1
for page in "$fresh"/*; do
    diff -u "man/${page##*/}" "$page" || { echo "man/${page##*/}: not what the program makes: run 'make man'"; status=1; }
done
# A page that the program no longer makes would go on telling about what is gone.
for page in man/*; do
    [ -f "$fresh/${page##*/}" ] || ! grep -q '^\.\\" Generated' "$page" || { echo "$page: is no longer made"; status=1; }
done
if command -v mandoc >/dev/null; then
    mandoc -T lint -W warning man/*.[1-8] || status=1
fi
exit $status
