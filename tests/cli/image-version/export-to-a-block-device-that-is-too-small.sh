need_root
need_command losetup
definition
disk os.raw 1 3000K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
yes | head -c 2M >noise.raw
cp noise.raw device.raw
loop=$(losetup --find --show device.raw 2>/dev/null) || skip "needs loop devices"
trap 'losetup --detach "$loop"' EXIT
sig image-version export prod/ubuntu/1.0.0 "$loop" --force 2>&1 | sed "s|$loop|DEVICE|"
cmp "$loop" noise.raw
