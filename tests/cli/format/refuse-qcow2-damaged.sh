need_command qemu-img
definition
disk os.raw 1 1M
qemu-img convert -f raw -O qcow2 os.raw os.qcow2
end=$(stat -c %s os.qcow2)
# try: os.qcow2 is refused; then it is whole again.
try() {
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.qcow2
    echo $?
    qemu-img convert -f raw -O qcow2 os.raw os.qcow2
}

# The bit that says corrupt, and one that nobody knows.
printf '\002' | dd of=os.qcow2 bs=1 seek=79 conv=notrunc status=none
try
printf '\200' | dd of=os.qcow2 bs=1 seek=78 conv=notrunc status=none
try
printf '\001' | dd of=os.qcow2 bs=1 seek=7 conv=notrunc status=none
try
truncate -s $((end - 1)) os.qcow2
try
truncate -s 100000 os.qcow2
try
# An L1 table on the header, then an L2 table on the L1 table.
printf '\0\0\0\0\0\0\0\0' | dd of=os.qcow2 bs=1 seek=40 conv=notrunc status=none
try
printf '\200\0\0\0\0\003\0\0' | dd of=os.qcow2 bs=1 seek=196608 conv=notrunc status=none
try
# Two clusters of the disk in one of the file.
dd if=os.qcow2 of=entry bs=8 skip=$((262144 / 8)) count=1 status=none
dd if=entry of=os.qcow2 bs=8 seek=$((262144 / 8 + 1)) conv=notrunc status=none
try
# Compressed data that are not.
qemu-img convert -f raw -O qcow2 -c os.raw os.qcow2
dd if=/dev/zero of=os.qcow2 bs=512 seek=$((327680 / 512)) count=20 conv=notrunc status=none
try
sig image-version list prod/ubuntu
