# The type is 4 instead of 3, so the checksum is less by one.
need_command qemu-img
disk os.raw 1 1M && definition || exit
qemu-img convert -f raw -O vpc -o subformat=dynamic,force_size=on os.raw os.vhd || exit
footer=$(($(stat -c %s os.vhd) - 512))
low=$(od -An -tu1 -j $((footer + 67)) -N 1 os.vhd)
printf '\004' | dd of=os.vhd bs=1 seek=$((footer + 63)) conv=notrunc status=none
# shellcheck disable=SC2059
printf "\\$(printf %o $((low - 1)))" | dd of=os.vhd bs=1 seek=$((footer + 67)) conv=notrunc status=none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.vhd
