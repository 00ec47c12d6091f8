# A dynamic VHD whose footer was overwritten is read by the copy at its beginning.
need_command qemu-img
disk os.raw 1 5M && definition || exit
qemu-img convert -f raw -O vpc -o subformat=dynamic,force_size=on os.raw os.vhd || exit
size=$(stat -c %s os.vhd)
patch os.vhd $((size - 512)) overwritten
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk os.vhd >/dev/null
[ "$(digest prod/ubuntu/1.0.0)" = "$(digest prod/ubuntu/2.0.0)" ] && echo identical
