# G5, G7: exports beside everything that moves blobs: while one process sweeps and another repairs, again and again, and others
# publish, delete and damage replicas, each export gives the bytes that were published, wherever it reads. Whoever fails is busy, and
# says so.
# shellcheck shell=sh disable=SC2317 # functions that are called by name
set -u
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
PATH=$BUILD:$PATH
export PATH SIG_STORE=store LC_ALL=C
unset SIG_THREADS SIG_RANDOM SIG_CLOCK
case ${PROVE:-slice} in
slice) seconds=3 ;;
prove) seconds=60 ;;
long) seconds=3600 ;;
esac
cd "$SCRATCH" || exit 2
disk=$BUILD/tests/cli/disk

# Four versions that stay, in two regions, of which each has a part that the others have not.
make_store() {
    sig gallery create prod --location westus2 && sig image-definition create prod/ubuntu --publisher a --offer b --sku c \
        --os-type Linux || return
    for version in 1 2 3 4; do
        "$disk" own "$version" 512K && "$disk" shared 9 512K && cat own shared >"$version.raw"
        sig image-version create "prod/ubuntu/$version.0.0" --os-disk "$version.raw" --target-regions westus2 eastus=2 || return
    done
}

# --- what each does, again and again until it is time ---

# again NAME FUNCTION: until $until, or until one has something to say, which is in failed.NAME then; how often, in count.NAME.
again() {
    count=0
    while [ "$(date +%s)" -lt "$until" ] && [ -z "$(ls failed.* 2>/dev/null)" ]; do
        count=$((count + 1))
        "$2" "$count" >"why.$1" 2>&1 || { mv "why.$1" "failed.$1"; break; }
    done
    echo $count >"count.$1"
}

# calm SAID COMMAND...: succeeds, or is busy and says so.
calm() {
    said=$1
    shift
    "$@" >/dev/null 2>"$said"
    case $? in
    0) ;;
    5) grep -q "^sig: .*'" "$said" || { echo "$*: busy, and does not say with what"; return 1; } ;;
    *) echo "$*: $(head -n 1 "$said")" && return 1 ;;
    esac
}

exporter() {
    version=$(($1 % 4 + 1)) region=$([ $(($1 / 4 % 2)) = 0 ] && echo eastus || echo westus2)
    sig image-version export "prod/ubuntu/$version.0.0" "out.$version.$2" --region "$region" --force >/dev/null 2>"said.$2" ||
        { echo "$version.0.0 in $region: $(head -n 1 "said.$2")"; return 1; }
    [ ! -s "said.$2" ] || echo "$version" >>past
    cmp -s "out.$version.$2" "$version.raw" || { echo "$version.0.0 in $region is not what was published"; return 1; }
}

export_first() { exporter "$1" first; }
export_other() { exporter $(($1 + 2)) other; }
sweeps() { calm said.sweep "${SWEEPER:-sig}" sweep; }
repairs() { calm said.repair sig repair && sleep 0.1; }

# A version that shares half with the others comes, and goes.
publish() {
    "$disk" "new.own" $((100 + $1)) 256K && cat new.own 1.raw >new.raw
    calm said.publish sig image-version create "prod/ubuntu/9.0.$1" --os-disk new.raw --target-regions westus2 eastus=2 &&
        calm said.publish sig image-version delete "prod/ubuntu/9.0.$1"
}

# Bytes of all blobs of one replica in the other region, of those that were there at the beginning: damage to what is being copied is
# a failure.
spoil() {
    for blob in $(cd sound && find "regions/eastus/standard_lrs/$(($1 % 2 + 1))" -name '*.blob'); do
        printf damaged | dd of="store/$blob" bs=1 seek=$((30000 + $1 % 7)) conv=notrunc,nocreat status=none 2>/dev/null
    done
    sleep 0.2
}

# --- what is tried ---

# Sets $verdict and $counts.
together() {
    rm -rf store past failed.* count.* && cp -a sound store && until=$(($(date +%s) + seconds))
    again export export_first &
    again other export_other &
    again sweep sweeps &
    again repair repairs &
    again publish publish &
    again spoil spoil &
    wait
    touch past
    counts="$(($(cat count.export) + $(cat count.other))) exports, $(wc -l <past) past damage, $(cat count.sweep) sweeps, $(cat count.repair) repairs"
    verdict="FAILED: $(cat failed.* 2>/dev/null | head -n 1)"
    [ "$verdict" = "FAILED: " ] || return
    verdict=$(at_the_end)
    [ "$verdict" != ok ] || [ -s past ] || verdict="FAILED: no export met damage"
}

at_the_end() {
    sig repair >/dev/null 2>said || { echo "FAILED: the last repair: $(head -n 1 said)"; return; }
    sig sweep >/dev/null 2>said || { echo "FAILED: the last sweep: $(head -n 1 said)"; return; }
    sig audit >audited 2>said || { echo "FAILED: audit: $(head -n 1 said)"; return; }
    for number in 0 1 2 3 4 5 6 7; do
        exporter $number last && [ ! -s said.last ] || { echo "FAILED: at the end: $(head -n 1 said.last)"; return; }
    done
    echo ok
}

make_store >why 2>&1 || { cat why >&2; exit 2; }
mv store sound
together
result G5 "exports beside publishers, sweeps, repairs and damage, $seconds s" "$counts" "$verdict"
cat >sweeper <<'END'
#!/bin/sh
find store/regions -name '*.blob' | head -n 20 | xargs rm -f
exec sig "$@"
END
chmod +x sweeper
SWEEPER=./sweeper
together
unset SWEEPER
case $verdict in
FAILED*) result G5 'planted: a sweep that takes what is needed' "$counts" ok ;;
*) result G5 'planted: a sweep that takes what is needed' "$counts" 'FAILED: was not caught' ;;
esac
exit "$failures"
