#!/bin/sh
# tour.sh: the whole path once, on a real file system image that is built on the spot:
# publish two versions to three regions, look at them, get them back, compare byte for byte.
#
#   examples/tour.sh [DIRECTORY]     work there and leave everything for a look; default: a scratch directory, removed afterwards
#
# TOUR_MB: megabytes of files on the disk, 350; TOUR_DISK: how large it is, 2G.
#
# Needs sig (in PATH, or SIG=path/to/sig) and mke2fs and debugfs (package e2fsprogs).
set -eu

SIG=${SIG:-sig}
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C

die() {
    printf 'tour: %s\n' "$*" >&2
    exit 1
}

for tool in "$SIG" mke2fs debugfs; do
    command -v "$tool" >/dev/null || die "needs '$tool'"
done
case $SIG in
*/*) SIG=$(cd "$(dirname "$SIG")" && pwd)/$(basename "$SIG") ;;
esac

if [ $# -gt 0 ]; then
    mkdir -p "$1"
    cd "$1"
else
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/sig-tour.XXXXXX")
    trap 'cd / && rm -rf "$scratch"' EXIT
    trap 'exit 1' HUP INT TERM
    cd "$scratch"
fi
export SIG_STORE="$PWD/store"
[ ! -e store ] || die "'$SIG_STORE' exists already"

# Say the command as a person would type it, then run it.
run() {
    printf '\n$ sig'
    for word in "$@"; do
        case $word in
        *' '*) printf ' "%s"' "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$SIG" "$@"
}

# Byte for byte. Both are read past the page cache where that is possible: two gigabytes of cached holes slow down
# everything that comes after.
same() {
    if dd if="$2" of=/dev/null bs=1M count=1 iflag=direct status=none 2>/dev/null; then
        mkfifo other-side
        dd if="$1" of=other-side bs=4M iflag=direct status=none &
        dd if="$2" bs=4M iflag=direct status=none | cmp - other-side || { wait; rm other-side; return 1; }
        wait
        rm other-side
    else
        cmp "$1" "$2"
    fi
}

now() { date +%s%N; }
megabytes() { echo $(($1 / 1000000)); }
data_of() { echo $(($(stat -c %b "$1") * 512)); }

# --- the disks: real files of this machine ---

# Directories of /usr are added until there is that much; what cannot be read is left out.
enough=${TOUR_MB:-350}
collect() {
    mkdir -p root
    total=0
    for directory in /usr/bin /usr/share/doc /usr/share/perl /usr/lib/gcc /usr/include /usr/lib/*-linux-gnu* \
        /usr/share /usr/lib; do
        [ -d "$directory" ] && [ ! -L "$directory" ] || continue
        size=$(du -sxm "$directory" 2>/dev/null | cut -f1)
        [ $((total + size)) -le $((4 * enough)) ] || continue
        mkdir -p "root$directory"
        cp -a "$directory/." "root$directory/" 2>/dev/null || true
        total=$(du -sxm root | cut -f1)
        [ "$total" -lt "$enough" ] || break
    done
    [ "$total" -ge $((enough * 6 / 7)) ] || die "this machine has only $total MB of files to make a disk from"
}

echo "Building a disk of ${TOUR_DISK:=2G} from this machine's files ..."
collect
truncate -s "$TOUR_DISK" disk-1.0.0.raw
mke2fs -q -t ext4 -L tour -d root disk-1.0.0.raw
rm -rf root/usr/share/doc root/usr/include

# The next build: the same disk, some files replaced and some new, as an upgrade in place leaves it.
cp --sparse=always disk-1.0.0.raw disk-1.1.0.raw
tar -cf - -C root . 2>/dev/null | head -c 30M >update-1.tar
gzip -c update-1.tar >update-2.gz
{
    echo "mkdir updates"
    echo "write update-1.tar updates/update-1"
    echo "write update-2.gz updates/update-2"
    (cd root && find . -type f -size +64k | sort | head -n 40 | sed 's/^\./rm /')
} >changes
debugfs -w -f changes disk-1.1.0.raw >/dev/null 2>&1
rm -rf root

mkdir data
cp -a /etc/. data/ 2>/dev/null || true
truncate -s 256M data.raw
mke2fs -q -t ext4 -L data -d data data.raw
rm -rf data

# --- the tour ---

run gallery create prod --location westus2 --description "Production images"
run image-definition create prod/ubuntu --publisher Contoso --offer Server --sku 22_04 \
    --os-type Linux --os-state Generalized -o table
started=$(now)
run image-version create prod/ubuntu/1.0.0 --os-disk disk-1.0.0.raw --data-disk 0=data.raw \
    --target-regions westus2=2 westeurope=1 southeastasia=1 --replica-count 1 -o table
published=$(now)
run image-version create prod/ubuntu/1.1.0 --os-disk disk-1.1.0.raw --data-disk 0=data.raw \
    --target-regions westus2=2 westeurope=1 southeastasia=1 -o table
run replicate prod/ubuntu/1.0.0 -o table
run image-version show prod/ubuntu/latest --expand ReplicationStatus
run image-version list prod/ubuntu -o table
run gallery list -o table

# What is refused is refused before anything is changed.
if run image-version create prod/ubuntu/1.1.0 --os-disk disk-1.0.0.raw --data-disk 0=data.raw; then
    die "other content was taken for a published version"
fi

run image-version export prod/ubuntu/1.0.0 back-1.0.0.raw
same disk-1.0.0.raw back-1.0.0.raw
for region in westus2 westeurope southeastasia; do
    run image-version export prod/ubuntu/latest "back-$region.raw" --region "$region"
    same disk-1.1.0.raw "back-$region.raw"
    run image-version export prod/ubuntu/latest "data-$region.raw" --region "$region" --data-disk 0
    same data.raw "data-$region.raw"
    rm -f "back-$region.raw" "data-$region.raw"
done
echo
echo "All exports are identical to what was published."

# A replica is lost: reading goes on elsewhere and says so, replicating puts it back.
echo
echo '$ rm -r store/regions/westeurope/standard_lrs/1'
rm -r store/regions/westeurope/standard_lrs/1
run image-version export prod/ubuntu/latest rescued.raw --region westeurope
same disk-1.1.0.raw rescued.raw
run replicate prod -o table
[ -d store/regions/westeurope/standard_lrs/1/disks ] || die "the lost replica was not put back"

# --- what is where ---

echo
printf '%-16s %-8s %-9s %10s\n' Region Replica Versions 'Stored MB'
printf '%-16s %-8s %-9s %10s\n' ---------------- -------- --------- ----------
for directory in store/regions/*/standard_lrs/*; do
    region=${directory#store/regions/}
    stored=$(du -sB1 "$directory" | cut -f1)
    printf '%-16s %-8s %-9s %10s\n' "${region%%/*}" "${directory##*/}" 2 "$(megabytes "$stored")"
done
logical=$(($(data_of disk-1.0.0.raw) + $(data_of disk-1.1.0.raw) + 2 * $(data_of data.raw)))
echo
echo "Data in the two versions' disks: $(megabytes "$logical") MB; stored in each replica: $(megabytes "$stored") MB;" \
    "saved by deduplication and compression: $((100 - 100 * stored / logical)) %."

# --- how fast, beside the usual tools, on the same file in the same run ---

seconds() { awk "BEGIN { printf \"%.2f\", ($2 - $1) / 1e9 }"; }
rate() { awk "BEGIN { printf \"%.0f\", $1 / 1e6 / (($3 - $2) / 1e9) }"; }
row() { printf '%-34s %8s %10s %10s\n' "$1" "$2" "$3" "$4"; }

bytes=$(data_of disk-1.0.0.raw)
export SIG_STORE="$PWD/bench"
"$SIG" gallery create bench >/dev/null
"$SIG" image-definition create bench/tour --publisher P --offer O --sku S --os-type Linux >/dev/null
sync -f .
echo
row "disk-1.0.0.raw, $(megabytes "$bytes") MB of data" Seconds MB/s 'Stored MB'
row ---------------------------------- -------- ---------- ----------
row 'publish to 3 regions, 4 replicas' "$(seconds "$started" "$published")" "" ""
a=$(now)
cp --sparse=always disk-1.0.0.raw copy.raw
b=$(now)
row 'cp --sparse=always' "$(seconds "$a" "$b")" "$(rate "$bytes" "$a" "$b")" "$(megabytes "$(data_of copy.raw)")"
a=$(now)
"$SIG" image-version create bench/tour/1.0.0 --os-disk disk-1.0.0.raw >/dev/null
b=$(now)
row 'sig publish, one replica, durable' "$(seconds "$a" "$b")" "$(rate "$bytes" "$a" "$b")" \
    "$(megabytes "$(du -sB1 bench | cut -f1)")"
a=$(now)
"$SIG" image-version create bench/tour/1.0.0 --os-disk disk-1.0.0.raw >/dev/null 2>&1
b=$(now)
row 'sig publish, unchanged' "$(seconds "$a" "$b")" "$(rate "$bytes" "$a" "$b")" 0
a=$(now)
"$SIG" image-version export bench/tour/1.0.0 again.raw
b=$(now)
row 'sig export, every block proven' "$(seconds "$a" "$b")" "$(rate "$bytes" "$a" "$b")" ""
if command -v zstd >/dev/null; then
    a=$(now)
    zstd -1 -q -f disk-1.0.0.raw -o disk.zst
    b=$(now)
    row 'zstd -1' "$(seconds "$a" "$b")" "$(rate "$bytes" "$a" "$b")" "$(megabytes "$(stat -c %s disk.zst)")"
fi
