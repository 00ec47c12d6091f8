#!/bin/sh
# readme.sh [TREE]: what the *.md files link to exists.
set -u
cd "${1:-.}" || exit 2
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
    exit $status
}
