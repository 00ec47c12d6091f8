#!/bin/bash
# memory.sh: the private memory and the time that a sparse disk of 2 TiB with 3 GB of data takes, published, replicated and
# exported. Use 'make bench-memory'; QUICK=1 takes a smaller disk.
size=2199023255552 data=3000000000
[ -z "${QUICK-}" ] || size=68719476736 data=100000000
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/bench/lib.sh
. "$here/lib.sh" $((data * 8 / 1048576))
run=1

step() {
    local key=$1
    shift
    say "  $key"
    measure sig "$key" "$@"
}

say "building a disk ..."
work "$tools/spread" "$dir/disk.raw" $size $data || die "cannot build the disk"
qcow2=$dir/disk.qcow2
work qemu-img convert -O qcow2 "$dir/disk.raw" "$qcow2" 2>"$dir/said" || qcow2=
new_store
prepare "$dir/disk.raw"
step 'publish, raw' "$sig" image-version create bench/disk/1.0.0 --os-disk "$dir/disk.raw"
[ -z "$qcow2" ] || step 'publish again, as qcow2' "$sig" image-version create bench/disk/1.0.1 --os-disk "$qcow2"
step replicate "$sig" image-version update bench/disk/1.0.0 --target-regions westus2 westeurope
step 'export, raw' "$sig" image-version export bench/disk/1.0.0 "$dir/out.raw"
rm -f "$dir/out.raw"
step 'export, qcow2' "$sig" image-version export bench/disk/1.0.0 "$dir/out.qcow2" --format qcow2
rm -f "$dir/out.qcow2"
to=/dev/null step 'export, raw, to standard output' "$sig" image-version export bench/disk/1.0.0 -
[ -z "$qcow2" ] || { new_store; step 'publish, qcow2' "$sig" image-version create bench/disk/1.0.0 --os-disk "$qcow2"; }

echo
awk -F '\t' -v size=$size -v data=$data '
    BEGIN { printf "%-36s %8s %8s\n", sprintf("%d GiB, %d MB of data", size / 2 ^ 30, data / 1e6), "s", "MiB" }
    $1 == "failed" { failures[++failed] = $2 ": " $4; next }
    { printf "%-36s %8.2f %8.1f\n", $2, $4, $5 / 1024; if ($5 > most) most = $5 }
    END {
        print "\nMiB        the most private memory of the process (RssAnon, looked at every 5 ms)"
        printf "%-10s %.1f  at most 256 MiB: private memory of any step\n", (most / 1024 <= 256 ? "reached" : "NOT REACHED"), most / 1024
        for (i = 1; i <= failed; i++) print "failed     " failures[i]
    }' "$results"
describe_machine
