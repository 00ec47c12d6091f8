# Without force_size the disk is what its cylinders, heads and sectors give: larger than what was converted. The guest
# sees what qemu-img says that it does, and for other creators all bytes of the footer.
need_command qemu-img
disk os.raw 1 5M && definition || exit
for subformat in dynamic fixed; do
    qemu-img convert -f raw -O vpc -o subformat=$subformat os.raw os.vhd || exit
    qemu-img convert -f vpc -O raw os.vhd vhd.raw || exit
    sig image-version create prod/ubuntu/1.0.0 --os-disk vhd.raw >/dev/null &&
        sig image-version create prod/ubuntu/2.0.0 --os-disk os.vhd >/dev/null || exit
    qemu-img info -f vpc os.vhd | grep '^virtual size'
    [ "$(digest prod/ubuntu/1.0.0)" = "$(digest prod/ubuntu/2.0.0)" ] && echo "$subformat: identical"
    sig image-version delete prod/ubuntu/1.0.0
    sig image-version delete prod/ubuntu/2.0.0
done
