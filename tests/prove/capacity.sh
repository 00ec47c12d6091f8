# G3: space ends in one region, and only there: on a tmpfs, on an ext4, by the capacity that the region was given. The others are
# completed, the status is 10, what is said names the region; what was reported done is there. With room again, replicating
# completes it.
# shellcheck shell=sh
set -u
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"

# Nobody else sees what we mount, and it is gone with our last process, however that ends.
if [ "${MOUNTS-}" = '' ]; then
    if [ "$(id -u)" != 0 ]; then MOUNTS='needs root'
    elif ! unshare --mount mount -t tmpfs none "$SCRATCH" 2>/dev/null; then MOUNTS='needs the right to mount'
    fi
    export MOUNTS="${MOUNTS:-private}"
    [ "$MOUNTS" != private ] || exec unshare --mount sh "$0"
fi

PATH=$BUILD:$PATH
export PATH SIG_STORE=store SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1 LC_ALL=C
unset SIG_THREADS
case ${PROVE:-slice} in
slice) amounts='100 700' ;;
prove) amounts='0 4 16 64 100 300 500 700 900 1100' ;;
long) amounts=$(seq 0 4 1400) ;;
esac
cd "$SCRATCH" || exit 2
trap 'cd /; umount "$SCRATCH/small" 2>/dev/null' EXIT
trap 'exit 130' INT TERM HUP

# --- what is short ---

# attach KIND LEFT: the region 'small' in ./small, in which so many KiB are left.
attach() {
    mkdir -p small
    case $1 in
    tmpfs) mount -t tmpfs -o size=8m none small ;;
    ext4) truncate -s 8M image && mkfs.ext4 -q -F -b 1024 -m 0 image && mount -o loop image small ;;
    esac >why 2>&1 || return
    case $1 in
    capacity) sig region create small --path "$PWD/small/replicas" --capacity "$(($2 + 1))K" ;;
    *) sig region create small --path "$PWD/small/replicas" ;;
    esac >/dev/null 2>why || return
    [ "$1" = capacity ] || fallocate -l $(($(stat -f -c '%a * %S / 1024' small) - $2))K small/filler 2>why
}

# Room again.
loosen() {
    case $1 in
    capacity) sig region update small --capacity 100M >/dev/null 2>said ;;
    *) rm small/filler ;;
    esac
}

detach() {
    umount small 2>/dev/null
    rm -rf small image store
}

# --- what is done ---

# The regions of version NUMBER whose state is STATE.
regions_in() {
    sig image-version show "prod/ubuntu/$1.0.0" --expand ReplicationStatus -o tsv \
        --query "sort(replicationStatus.summary[?state=='$2'].region)" | tr '\n\t' '  '
}

publish() {
    "${PUBLISHER:-sig}" image-version create "prod/ubuntu/$1.0.0" --os-disk "$1.raw" --target-regions westus2 small eastus westeurope \
        >/dev/null 2>said
}

# exact REGION: each version there, as it was published.
exact() {
    for number in 1 2; do
        sig image-version export "prod/ubuntu/$number.0.0" - --region "$1" 2>said | cmp -s - "$number.raw" ||
            { echo "$number.0.0 in $1: $(head -n 1 said)"; return 1; }
    done
}

audited() {
    sig audit >audited 2>said || { echo "audit $1: $(head -n 1 said)"; return 1; }
}

# One amount; $short counts those that were too little.
try() {
    sig gallery create prod --location westus2 --compression none >/dev/null &&
        sig image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null || return
    attach "$1" "$2" || { echo "could not be set up: $(head -n 1 why)"; return 1; }
    failed=0
    for number in 1 2; do
        publish $number
        status=$?
        case $status in
        0) continue ;;
        10) failed=$((failed + 1)) ;;
        *) echo "a publish ended with $status: $(head -n 1 said)" && return 1 ;;
        esac
        grep -q "^sig: .*'small" said || { echo "the region is not named: $(head -n 1 said)"; return 1; }
        [ "$(regions_in $number Completed)" = "East US West Europe West US 2 " ] ||
            { echo "completed are only: $(regions_in $number Completed)"; return 1; }
    done
    audited "while it is full" && exact small && exact eastus || return
    [ $failed = 0 ] || short=$((short + 1))
    if [ $failed != 0 ]; then
        sig replicate >/dev/null 2>said
        [ $? = 10 ] || { echo "replicating into what is full: $(head -n 1 said)"; return 1; }
    fi
    loosen "$1" && sig replicate >/dev/null 2>said || { echo "with room again: $(head -n 1 said)"; return 1; }
    for number in 1 2; do
        [ -z "$(regions_in $number Failed)" ] || { echo "failed are still: $(regions_in $number Failed)"; return 1; }
    done
    audited "at the end" && exact small || return
    [ ! -s said ] || { echo "exports from elsewhere: $(head -n 1 said)"; return 1; }
}

# through KIND: every amount; $verdict, $short, $tried.
through() {
    verdict=ok short=0 tried=0
    for left in $amounts; do
        tried=$((tried + 1))
        detach
        try "$1" "$left" >told 2>&1 || { verdict="FAILED: with $left KiB: $(tail -n 1 told)"; break; }
    done
    detach
    [ "$verdict" != ok ] || [ $short -gt 0 ] || verdict="FAILED: nothing ever ran out"
}

# planted WHAT TEXT: with that script as the publisher, what is said is that.
planted() {
    { echo '#!/bin/sh'; cat; } >wrong
    chmod +x wrong
    PUBLISHER=./wrong
    through capacity
    unset PUBLISHER
    case $verdict in
    *"$2"*) result G3 "planted: $1" 1 ok ;;
    *) result G3 "planted: $1" 1 "FAILED: was not caught: $verdict" ;;
    esac
}

"$BUILD/tests/cli/disk" 1.raw 1 512K && "$BUILD/tests/cli/disk" 2.raw 2 512K || exit 2
for kind in tmpfs ext4 capacity; do
    what="space ends in one region: $kind"
    if [ $kind != capacity ] && [ "$MOUNTS" != private ]; then
        result G3 "$what" 0 "skipped: $MOUNTS"
        continue
    fi
    through $kind
    result G3 "$what" "$tried amounts, $short too little" "$verdict"
done
planted 'what fell short is said to be done' 'nothing ever ran out' <<'END'
sig "$@"
status=$?
[ $status != 10 ] || exit 0
exit $status
END
planted 'the others are given up, too' 'completed are only' <<'END'
sig "$@"
status=$?
[ $status = 0 ] || rm -f store/galleries/prod/images/ubuntu/versions/*/replication/eastus.json
exit $status
END
exit "$failures"
