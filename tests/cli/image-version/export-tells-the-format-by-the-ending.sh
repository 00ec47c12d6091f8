need_command qemu-img
definition
disk os.raw 1 2M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
for file in a.raw b.img c.VHD d.vhdx e.QCOW2 f.vmdk g h.vhd.bak qcow2; do
    sig image-version export prod/ubuntu/1.0.0 "$file"
    echo "$file: $(qemu-img info "$file" | sed -n 's/^file format: //p')"
done
echo "what is said counts more:"
sig image-version export prod/ubuntu/1.0.0 i.vhd --format qcow2
qemu-img info i.vhd | grep '^file format'
sig image-version export prod/ubuntu/1.0.0 j.vhd --format VHD-Dynamic
head -c 8 j.vhd
