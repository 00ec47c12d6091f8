# Every format that can be published, and no store.
need_command qemu-img
disk os.raw 1 4M
for format in vpc qcow2 vmdk vhdx; do
    qemu-img convert -f raw -O $format os.raw os.$format || exit
done
qemu-img convert -f raw -O vmdk -o subformat=streamOptimized os.raw stream.vmdk
qemu-img convert -f raw -O vpc -o subformat=fixed,force_size=on os.raw fixed.vhd
# How much data there is differs: blocks of raw disks are the file system's, those of VHDX are large.
for file in os.raw os.vpc os.qcow2 os.vmdk os.vhdx stream.vmdk fixed.vhd; do
    sig inspect $file | grep -e '"file"' -e '"format"' -e '"variant"' -e '"partitionTable"' -e '"virtualSize' | tr -d '\n'
    echo
done
sig inspect stream.vmdk
[ ! -e store ]
