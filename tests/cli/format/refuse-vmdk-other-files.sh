# Disks whose data lies elsewhere: the description, and what it describes.
need_command qemu-img
definition
disk os.raw 1 1M
for type in monolithicFlat twoGbMaxExtentFlat twoGbMaxExtentSparse; do
    qemu-img convert -f raw -O vmdk -o subformat=$type os.raw $type.vmdk || exit
    sig image-version create prod/ubuntu/1.0.0 --os-disk $type.vmdk
    echo "$type: $?"
done
sig image-version create prod/ubuntu/1.0.0 --os-disk twoGbMaxExtentSparse-s001.vmdk
echo "extent: $?"
qemu-img create -q -f vmdk -o subformat=twoGbMaxExtentSparse large.vmdk 5G
sig image-version create prod/ubuntu/1.0.0 --os-disk large.vmdk
echo "several extents: $?"
printf 'COWD\1\0\0\0' >esx.vmdk
sig image-version create prod/ubuntu/1.0.0 --os-disk esx.vmdk
echo "ESX: $?"
