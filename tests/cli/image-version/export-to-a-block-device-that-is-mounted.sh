need_mounts
need_command losetup
need_command mke2fs
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
truncate -s 4M device.raw
mke2fs -q device.raw
loop=$(losetup --find --show device.raw 2>/dev/null) || skip "needs loop devices"
trap 'losetup --detach "$loop"' EXIT
mkdir there
mount "$loop" there || skip "needs ext2"
sig image-version export prod/ubuntu/1.0.0 "$loop" --force 2>&1 | sed "s|$loop|DEVICE|g"
umount there
e2fsck -fn "$loop" >/dev/null 2>&1 && echo "it is untouched"
sig image-version export prod/ubuntu/1.0.0 "$loop" --force
head -c 1M "$loop" | cmp - os.raw
