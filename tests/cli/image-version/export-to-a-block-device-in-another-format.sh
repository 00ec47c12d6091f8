# Image formats fill a device as they fill a file; what is between their parts is zeros.
need_root
need_command losetup
need_command qemu-img
definition
disk os.raw 1 5M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
yes | head -c 20M >device.raw
loop=$(losetup --find --show device.raw 2>/dev/null) || skip "needs loop devices"
trap 'losetup --detach "$loop"' EXIT
for format in vhd vhd-dynamic vhdx qcow2 vmdk; do
    sig image-version export prod/ubuntu/1.0.0 file --format "$format" --force
    sig image-version export prod/ubuntu/1.0.0 "$loop" --format "$format" --force
    head -c "$(stat -c %s file)" "$loop" | cmp - file && echo "$format: the same as the file"
done
sig image-version export prod/ubuntu/1.0.0 "$loop" --format qcow2 --compress --force
