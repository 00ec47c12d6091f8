need_mounts
need_command losetup
need_command mke2fs
definition
truncate -s 4M os.raw && mke2fs -q -t ext4 -U 3d8cb7c7-9d6f-4b0a-8f0e-d0a1f3d3c7a1 os.raw && mkdir mounted
loop=$(losetup --find --show --read-only os.raw 2>/dev/null) || skip "needs loop devices"
mount -o ro "$loop" mounted || { losetup --detach "$loop"; skip "needs to mount ext4"; }
sig image-version create prod/ubuntu/1.0.0 --os-disk "$loop" 2>&1 >/dev/null | sed "s|$loop|LOOP|"
umount mounted
losetup --detach "$loop"
