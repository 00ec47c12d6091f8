# A header newer than both others that says whose entries the log has, and then an entry. Without one the file is as good
# as closed.
need_command qemu-img
disk os.raw 1 1M && definition || exit
qemu-img convert -f raw -O vhdx os.raw os.vhdx || exit
printf 'head\031\327\005\376\377\377\377\377\377\377\377\377%s\0\0\1\0\0\0\020\0\0\0\020\0\0\0\0\0' \
    ffffffffffffffffddddddddddddddddsixteen\ letters. | dd of=os.vhdx bs=1 seek=65536 conv=notrunc status=none
dd if=/dev/zero of=os.vhdx bs=4096 seek=256 count=256 conv=notrunc status=none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.vhdx | grep provisioningState
patch os.vhdx $((1048576 + 8192)) loge
patch os.vhdx $((1048576 + 8192 + 32)) 'sixteen letters.'
sig image-version create prod/ubuntu/2.0.0 --os-disk os.vhdx
