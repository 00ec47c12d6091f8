# G10: whatever disk and whatever options of qemu-img: what is published and exported is bit for bit what qemu-img makes of it.
# shellcheck shell=sh
cd "$SCRATCH" || exit 2
export SIG_STORE="$SCRATCH/store" TMPDIR="$SCRATCH"
command -v qemu-img >/dev/null || { printf 'G10\tdisks and options drawn by lot\t0\tskipped: needs qemu-img\n' && exit 0; }
case $PROVE in slice) rounds=6 ;; prove) rounds=150 ;; *) rounds=5000 ;; esac
seed=${SEED:-1}
missed=0 bad=0

# pick WORD...: one of them, by lot, the same for the same seed.
pick() {
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    shift $((seed / 65536 % $#))
    picked=$1
}

# A disk of some size, data here and there, also right at its end.
draw_disk() {
    pick 1 2 3 5 8 && mib=$picked
    pick 0 512 1024 4096 65536 && size=$((mib * 1048576 + picked))
    "$BUILD/tests/cli/disk" os.raw "$seed" "$size" || return
    for piece in 1 2 3 4; do
        pick 0 511 4095 65535 65536 1048575 $((size - 4096)) $((size - 7)) && offset=$picked
        [ "$offset" -lt "$size" ] || continue
        printf 'piece %s' "$piece" | head -c $((size - offset)) | dd of=os.raw bs=1 seek="$offset" conv=notrunc status=none
    done
}

draw_image() {
    flags=
    pick qcow2 qcow2 qcow2 vpc vhdx vmdk && format=$picked
    case $format in
    qcow2)
        pick 512 4k 64k 2M && options=cluster_size=$picked
        pick compat=0.10 compat=1.1 compat=1.1,extended_l2=on,cluster_size=64k compat=1.1,lazy_refcounts=on compat=1.1,refcount_bits=1 && options=$options,$picked
        pick '' '' '-c' '-S 0' && flags=$picked
        case $options$flags in *compat=1.1*-c) pick zlib zstd && options=$options,compression_type=$picked ;; esac
        ;;
    vpc) pick dynamic fixed && options=subformat=$picked,force_size=on ;;
    vhdx) pick 1M 2M 32M && options=block_size=$picked && pick dynamic fixed && options=$options,subformat=$picked ;;
    vmdk) pick monolithicSparse streamOptimized monolithicSparse,zeroed_grain=on && options=subformat=$picked ;;
    esac
    # shellcheck disable=SC2086
    qemu-img convert -f raw -O "$format" -o "$options" $flags os.raw os.image 2>why
}

# compare PROGRAM: the export, by PROGRAM, of what is published against what qemu-img reads.
compare() {
    qemu-img convert -f "$format" -O raw os.image shall.raw &&
        "$BUILD/sig" image-version create prod/os/1.0.0 --os-disk os.image >/dev/null 2>why &&
        "$1" image-version export prod/os/1.0.0 back.raw --force 2>why && cmp -s shall.raw back.raw
    same=$?
    "$BUILD/sig" image-version delete prod/os/1.0.0 2>why
    return $same
}

cat >liar <<'END'
#!/bin/sh
"$BUILD/sig" "$@" && printf x | dd of=back.raw bs=1 seek=1000000 conv=notrunc status=none
END
chmod +x liar
"$BUILD/sig" gallery create prod >/dev/null
"$BUILD/sig" image-definition create prod/os --publisher a --offer b --sku c --os-type Linux >/dev/null
draw_disk && draw_image && compare ./liar && missed=1
[ $missed = 0 ] && said=ok || said='FAILED: was not seen'
printf 'G10\tplanted: one byte changed on the way out\t1\t%s\n' "$said"
n=0
while [ $((n += 1)) -le $rounds ]; do
    draw_disk && draw_image && compare "$BUILD/sig" && continue
    echo "round $n: $format $options $flags, $size bytes: $(head -n 1 why)" >&2
    bad=$((bad + 1))
done
[ $bad = 0 ] && said=ok || said="FAILED: $bad differ"
printf 'G10\tdisks and options drawn by lot, against qemu-img\t%s disks\t%s\n' $rounds "$said"
[ $((missed + bad)) = 0 ]
