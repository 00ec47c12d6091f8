#!/bin/sh
# nightly.sh: what a store has, for a report every night: the latest version of each image, what is old, and what is wrong.
#
#   examples/nightly.sh [STORE [DAYS]]   versions older than DAYS (30) are listed; without STORE it shows itself on a small one
#
# Needs sig (in PATH, or SIG=path/to/sig). The status is that of the audit: 0 when every disk is there and right.
set -eu

SIG=${SIG:-sig}
case $SIG in
*/*) SIG=$(cd "$(dirname "$SIG")" && pwd)/$(basename "$SIG") ;;
esac

# A store with an old version, one past its end of life, and one that is new.
show() {
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/sig-nightly.XXXXXX")
    trap 'cd / && rm -rf "$scratch"' EXIT
    trap 'exit 1' HUP INT TERM
    SIG_STORE=$scratch/store
    export SIG_STORE
    head -c 1048576 /dev/urandom >"$scratch/disk.raw"
    "$SIG" gallery create prod -o none
    "$SIG" image-definition create prod/app --os-type linux -p acme -f app -s server --hyper-v-generation V1 -o none
    "$SIG" image-definition create prod/empty --os-type linux -p acme -f empty -s server -o none
    SIG_CLOCK=2026-01-02T03:04:05Z "$SIG" image-version create prod/app/1.0.0 --os-disk "$scratch/disk.raw" \
        --end-of-life-date 2026-06-30 -o none --only-show-errors
    "$SIG" image-version create prod/app/1.1.0 --os-disk "$scratch/disk.raw" -o none --only-show-errors
}

if [ $# -gt 0 ]; then
    SIG_STORE=$1
    export SIG_STORE
else
    show
fi
days=${2:-30}
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
cutoff=$(date -u -d "$days days ago" +%Y-%m-%dT%H:%M:%SZ)

# every WHAT QUERY: prints WHAT, then what the query gives for the versions of each image definition.
every() {
    echo "$1"
    "$SIG" list --query '[].name' -o tsv | while read -r gallery; do
        "$SIG" image-definition list "$gallery" --query '[].name' -o tsv | while read -r definition; do
            "$SIG" image-version list "$gallery/$definition" -o tsv --query "$2" | sed "s|^|  $gallery/$definition/|"
        done
    done
}

echo "Latest:"
"$SIG" list --query '[].name' -o tsv | while read -r gallery; do
    "$SIG" image-definition list "$gallery" --query '[].name' -o tsv | while read -r definition; do
        latest=$("$SIG" image-version latest "$gallery/$definition" --query name -o tsv 2>/dev/null) || latest='no version'
        printf '  %s/%s: %s\n' "$gallery" "$definition" "$latest"
    done
done
every "Older than $days days:" \
    "[?publishingProfile.publishedDate < '$cutoff'].[name, publishingProfile.publishedDate]"
every "Past the end of life:" \
    "[?publishingProfile.endOfLifeDate < '$now'].[name, publishingProfile.endOfLifeDate]"
echo "Audit:"
"$SIG" audit -o table
