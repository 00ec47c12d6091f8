# The second bit behind the block size.
need_command qemu-img
disk os.raw 1 1M && definition || exit
qemu-img convert -f raw -O vhdx os.raw os.vhdx || exit
printf '\002' | dd of=os.vhdx bs=1 seek=$((3145728 + 65536 + 4)) conv=notrunc status=none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.vhdx
