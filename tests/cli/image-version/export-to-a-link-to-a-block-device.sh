# Below /dev that is how disks are named: it is followed there, but not where everybody may write.
need_mounts
need_command losetup
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
truncate -s 1M device.raw
mount -t tmpfs none /dev/pts 2>/dev/null || skip "needs /dev/pts"
shared=$(mktemp -d /dev/shm/sig.XXXXXX 2>/dev/null) || skip "needs /dev/shm"
loop=$(losetup --find --show device.raw 2>/dev/null) || { rmdir "$shared"; skip "needs loop devices"; }
trap 'losetup --detach "$loop"; rm -r "$shared"' EXIT
ln -s "$loop" "$shared/by-name"
sig image-version export prod/ubuntu/1.0.0 "$shared/by-name" --force 2>&1 | sed 's/sig\.[^/]*/DIR/'
ln -s "$loop" /dev/pts/by-name
sig image-version export prod/ubuntu/1.0.0 /dev/pts/by-name
sig image-version export prod/ubuntu/1.0.0 /dev/pts/by-name --force
cmp "$loop" os.raw && [ -L /dev/pts/by-name ] && echo "the device was written"
