#!/bin/sh
# ci-publish.sh: a CI job that publishes a machine image: looks at what was built, publishes it as the next version if anything
# changed, waits until every region has it, marks it as tested and promotes it to the gallery that others use.
#
#   examples/ci-publish.sh IMAGE COMMIT      in the store of SIG_STORE
#   examples/ci-publish.sh                   shows it: four builds in a scratch store, two of them at once
#
# Needs sig (in PATH, or SIG=path/to/sig); the show needs sfdisk (package fdisk). It may be killed anywhere and run again: what
# was reported done is there, what was not is made, nothing is made twice.
set -eu

SIG=${SIG:-sig}
PATH=$PATH:/usr/sbin:/sbin
case $SIG in
*/*) SIG=$(cd "$(dirname "$SIG")" && pwd)/$(basename "$SIG") ;;
esac
IMAGE_DEFINITION=dev/app
PROMOTED_DEFINITION=prod/app
REGIONS='westus2 northeurope'

say() {
    printf 'ci: %s\n' "$*" >&2
}

# Run a command of sig, and do about its exit status what can be done. What it prints on standard output is the result.
try() {
    attempts=0
    while :; do
        status=0
        "$SIG" "$@" || status=$?
        attempts=$((attempts + 1))
        case $status in
        0) return 0 ;;
        5 | 9) # another job holds the lock, or a wait has ended: both pass
            [ $attempts -lt 5 ] || return $status
            say "busy; once more in $((attempts * 2)) s"
            sleep $((attempts * 2)) ;;
        10) # the version stands, a region failed: only what is missing is copied again
            say "a region is not complete: replicating again"
            "$SIG" replicate -o none || return $?
            return 0 ;;
        8) # what no version needs may make room once
            [ $attempts -lt 2 ] || return $status
            say "no space: sweeping"
            "$SIG" sweep -o none || return $status ;;
        6)
            say "stored data is damaged; this says what, and what to do:"
            "$SIG" audit -o table >&2 || :
            return $status ;;
        *) # a slip in the script (2), a rule (1), something absent (3), a conflict (4), no right (7): a person must look
            return $status ;;
        esac
    done
}

# Both galleries and both definitions: made once, the same command changes nothing afterwards.
prepare() {
    for definition in "$IMAGE_DEFINITION" "$PROMOTED_DEFINITION"; do
        try gallery create "${definition%/*}" --location westus2 -o none
        try image-definition create "$definition" --os-type linux --publisher acme --offer app --sku server -o none
    done
}

# publish IMAGE COMMIT: prints the version that holds this image.
publish() {
    "$SIG" inspect "$1" --for "$IMAGE_DEFINITION" -o none || {
        say "'$1' would not boot: not published"
        return 1
    }
    # shellcheck disable=SC2086 # several regions
    try image-version create "$IMAGE_DEFINITION/next" --if-changed --os-disk "$1" --target-regions $REGIONS \
        --query name -o tsv
}

id_of() {
    "$SIG" image-version show "$1" --query id -o tsv
}

# job IMAGE COMMIT: the whole of it. A version that an earlier job published, and was killed before it had promoted it, is
# promoted by the next one with the same image.
job() {
    version=$(publish "$1" "$2") || return $?
    try image-version wait "$IMAGE_DEFINITION/$version" --replicated --timeout 3600 || return $?
    # Here the image would be booted and tested.
    try image-version update "$IMAGE_DEFINITION/$version" --set tags.stage=tested -o none || return $?
    # Only blocks that the other gallery's replicas have not are copied; run again, nothing is.
    # shellcheck disable=SC2086
    try image-version create "$PROMOTED_DEFINITION/$version" --image-version "$IMAGE_DEFINITION/$version" \
        --target-regions $REGIONS -o none || return $?
    try image-version wait "$PROMOTED_DEFINITION/$version" --replicated --timeout 3600 || return $?
    # An image that two commits have in common carries the later one.
    try image-version update --set "tags.commit=$2" -o none --ids "$(id_of "$IMAGE_DEFINITION/$version")" \
        "$(id_of "$PROMOTED_DEFINITION/$version")" || return $?
    say "commit $2 is $IMAGE_DEFINITION/$version and $PROMOTED_DEFINITION/$version, complete in: $REGIONS"
}

# build FILE WORD: stands for the real build; the same word gives the same image.
build() {
    truncate -s 32M "$1"
    printf 'label: gpt\nlabel-id: 00000000-0000-0000-0000-000000000001\nsize=16MiB, type=uefi, uuid=00000000-0000-0000-0000-00000000000%s\n' 2 |
        sfdisk -q "$1"
    printf '%s' "$2" | dd of="$1" bs=1 seek=2097152 conv=notrunc status=none
}

show() {
    command -v sfdisk >/dev/null || {
        echo "needs sfdisk" >&2
        exit 77
    }
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/sig-ci.XXXXXX")
    trap 'cd / && rm -rf "$scratch"' EXIT
    trap 'exit 1' HUP INT TERM
    cd "$scratch"
    export SIG_STORE="$PWD/store"
    prepare
    build a.raw "one" && job a.raw 1a2b3c
    build b.raw "one" && job b.raw 4d5e6f
    build c.raw "two"
    build d.raw "three"
    job c.raw aa0001 & # two jobs at once: each gets a number of its own
    first=$!
    job d.raw bb0002
    wait "$first"
    "$SIG" image-version list "$PROMOTED_DEFINITION" --query '[].{Name: name, Commit: tags.commit}' -o table
    [ "$("$SIG" image-version list "$PROMOTED_DEFINITION" --query 'length(@)')" = 3 ]
}

if [ $# -eq 2 ]; then
    prepare
    job "$1" "$2"
else
    show
fi
