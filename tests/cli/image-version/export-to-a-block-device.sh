# Only with --force, only when it is large enough, and then holes are zeros whatever was there.
need_root
need_command losetup
definition
disk os.raw 1 3000K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
yes | head -c 4M >noise.raw
cp noise.raw device.raw
loop=$(losetup --find --show device.raw 2>/dev/null) || skip "needs loop devices"
trap 'losetup --detach "$loop"' EXIT
sig image-version export prod/ubuntu/1.0.0 "$loop" 2>&1 | sed "s|$loop|DEVICE|"
same device.raw noise.raw
sig image-version export prod/ubuntu/1.0.0 "$loop" --force
head -c 3000K "$loop" | cmp - os.raw
echo "what lies behind the disk stays:"
tail -c +3072001 noise.raw >rest.raw
tail -c +3072001 "$loop" | cmp - rest.raw
ln -s "$loop" link
echo "a link is not followed:"
sig image-version export prod/ubuntu/1.0.0 link 2>&1 | sed "s|$loop|DEVICE|"
