# The last block of the disk is not whole. VHDX holds whole sectors, so the disk is compared with what qemu-img reads.
need_command qemu-img
definition || exit
for size in 512 1M 1049088 7654321; do
    disk os.raw 1 $size
    qemu-img convert -f raw -O vhdx -o block_size=1M os.raw os.vhdx || exit
    qemu-img convert -f vhdx -O raw os.vhdx os.raw || exit
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null &&
        sig image-version create prod/ubuntu/2.0.0 --os-disk os.vhdx >/dev/null || exit
    [ "$(digest prod/ubuntu/1.0.0)" = "$(digest prod/ubuntu/2.0.0)" ] && echo "$size: identical"
    sig image-version delete prod/ubuntu/1.0.0
    sig image-version delete prod/ubuntu/2.0.0
done
