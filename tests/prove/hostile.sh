# G9: no small file makes the program crash, hang, take much memory or read other files, whatever it claims to be.
# shellcheck shell=sh
cd "$SCRATCH" || exit 2
export SIG_STORE="$SCRATCH/store" TMPDIR="$SCRATCH"
meter=$BUILD/tests/bench/meter
# Beside other tests everything takes longer.
[ "$PROVE" = slice ] && seconds_max=6 zeros=1G || seconds_max=2 zeros=6G
kib_max=262144
tried=0 bad=0

# What can be built from what the system has: claims without content.
bombs() {
    mkdir bombs && cd bombs || return
    truncate -s 8E sparse 2>/dev/null || truncate -s 15T sparse
    tar -Scf sparse.tar sparse 2>/dev/null
    zstd -q sparse.tar -o sparse.tar.zst && gzip -k sparse.tar
    rm sparse
    # Layers: each reasonable, all of them together not.
    head -c "$zeros" /dev/zero | zstd -q -1 -o zeros.raw.zst
    tar -cf - zeros.raw.zst | zstd -q -1 -o layers.tar.zst && rm zeros.raw.zst
    # The same where it has to be put into a file.
    { printf 'QFI\373\0\0\0\003' && head -c "$zeros" /dev/zero | tr '\0' '\1'; } | zstd -q -1 -o inner.qcow2.zst
    tar -cf - inner.qcow2.zst | zstd -q -1 -o spool.tar.zst && rm inner.qcow2.zst
    qemu-img create -q -f qcow2 large.qcow2 60T
    qemu-img create -q -f vhdx large.vhdx 60T
    qemu-img create -q -f vmdk large.vmdk 2T
    yes 0 | head -c 40M | tr '\n' ' ' | zstd -q --ultra -22 --long=31 -o window.raw.zst 2>/dev/null
    # Descriptions that name other files.
    echo canary-content >canary
    printf '# Disk DescriptorFile\nversion=1\nCID=fffffffe\nparentCID=ffffffff\ncreateType="monolithicFlat"\n\nRW 20480 FLAT "%s/canary" 0\n' "$PWD" >flat.vmdk
    qemu-img create -q -f qcow2 -b "$PWD/canary" -F raw backed.qcow2 20M 2>/dev/null
    cd ..
}

# A command that says what is wrong, or is done, in little time and memory.
try() {
    tried=$((tried + 1))
    "$meter" report timeout -k 1 20 "$@" >out 2>err </dev/null
    ended=$?
    # timeout is the process that is measured; the program is its child.
    read -r seconds kib <report
    if [ $ended -gt 10 ] || awk -v s="$seconds" -v max="$seconds_max" 'BEGIN { exit !(s > max) }' || [ "${kib%.*}" -gt $kib_max ] ||
        grep -q canary-content out err || { [ $ended != 0 ] && ! grep -q '^sig: ' err; }; then
        echo "status $ended, $seconds s, $kib KiB: $*: $(head -n 1 err)" >&2
        bad=$((bad + 1))
        return 1
    fi
}

# try inspect FILE, which is refused for what it claims.
refused() {
    try "$BUILD/sig" inspect "$1"
    grep -q 'unpacks to more than' err && return
    echo "not refused: $1: $(head -n 1 err)" >&2
    bad=$((bad + 1))
}

result() {
    [ "$2" = 0 ] && said=ok || said="FAILED: $2 of $1"
    printf 'G9\t%s\t%s files\t%s\n' "$3" "$1" "$said"
}

for tool in zstd qemu-img; do
    command -v $tool >/dev/null || { printf 'G9\tsmall files that claim much\t0\tskipped: needs %s\n' $tool && exit 0; }
done
[ -x "$meter" ] || { printf 'G9\tsmall files that claim much\t0\tFAILED: %s was not built\n' "$meter" && exit 1; }

# Each of these would be let through by a check that looks at nothing.
cat >slow <<'END'
#!/bin/sh
sleep 3
END
cat >loud <<'END'
#!/bin/sh
echo canary-content
END
cat >dead <<'END'
#!/bin/sh
kill -SEGV $$
END
chmod +x slow loud dead
missed=0
[ "$PROVE" = slice ] && planted='./loud ./dead' || planted='./slow ./loud ./dead'
for program in $planted; do
    try "$program" 2>/dev/null && missed=$((missed + 1))
done
tried=0 bad=0
[ $missed = 0 ] && said=ok || said="FAILED: $missed were not seen"
printf 'G9\tplanted: slow, gives away a file, crashes\t%s\t%s\n' "$(echo "$planted" | wc -w)" "$said"
status=$missed

"$BUILD/sig" gallery create prod >/dev/null
"$BUILD/sig" image-definition create prod/os --publisher a --offer b --sku c --os-type Linux >/dev/null
bombs
for file in bombs/*; do
    case $file in
    */layers.* | */spool.*) refused "$file" ;;
    *) try "$BUILD/sig" inspect "$file" ;;
    esac
    try "$BUILD/sig" image-version create prod/os/1.0.0 --os-disk "$file"
    "$BUILD/sig" image-version delete prod/os/1.0.0 2>/dev/null
done
result "$tried" "$bad" 'small files that claim much, looked at and published'
status=$((status + bad)) tried=0 bad=0
[ "$PROVE" = slice ] && exit $status
for file in "$ROOT"/tests/data/fuzz/archive/* "$ROOT"/tests/data/fuzz/image/* "$ROOT"/tests/data/fuzz/qcow2/* \
    "$ROOT"/tests/data/fuzz/vmdk/* "$ROOT"/tests/data/fuzz/partition/*; do
    try "$BUILD/sig" inspect "$file"
    try "$BUILD/sig" image-version create prod/os/1.0.0 --os-disk "$file"
    "$BUILD/sig" image-version delete prod/os/1.0.0 2>/dev/null
done
result "$tried" "$bad" 'what the fuzz targets have found'
[ $((status + bad)) = 0 ]
