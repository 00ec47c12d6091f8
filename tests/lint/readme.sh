#!/bin/sh
# readme.sh [TREE]: what the *.md files link to exists, and README says of the exit statuses what the table of errors says.
set -u
cd "${1:-.}" || exit 2

statuses=0
if [ -f lib/base/err.c ]; then
    sed -n 's/^ *{[0E].*, *\([0-9]*\), *"\(.*\)"},$/\1 \2/p' lib/base/err.c | {
        status=0
        while read -r number sentence; do
            grep -F "$sentence" README.md | grep -q "^| $number |" ||
                { echo "README.md: does not say of exit status $number: $sentence"; status=1; }
        done
        exit $status
    } || statuses=1
fi

find . -name '*.md' -not -path './build*' -not -path './.git/*' | sort | {
    status=0
    while read -r page; do
        links=$(grep -o '](\([^)]*\))' "$page" | sed 's/^](//; s/)$//')
        for link in $links; do
            case $link in
            http://* | https://* | mailto:*) continue ;;
            '#'*) file=$page ;;
            *) file=$(dirname "$page")/${link%%#*} ;;
            esac
            [ -e "$file" ] || { echo "$page: links to '$link', which does not exist"; status=1; continue; }
            case $link in *'#'*) ;; *) continue ;; esac
            # A heading's anchor: small letters, blanks as dashes, nothing but letters, digits and dashes.
            sed -n 's/^##* *//p' "$file" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9_\n-' | grep -qx -- "${link#*#}" ||
                { echo "$page: links to '$link', but there is no such heading"; status=1; }
        done
    done
    exit $((status + statuses))
}
