# Azure takes sizes that are whole MiB: what is added to the disk is zeros.
need_command qemu-img
disk os.raw 1 1300K && definition && sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 os.vhd
qemu-img info -f vpc os.vhd | grep 'virtual size'
qemu-img compare -f raw -F vpc os.raw os.vhd
truncate -s 2M os.raw
head -c 2M os.vhd | cmp - os.raw
