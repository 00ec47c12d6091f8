# With logical partitions, and a boot loader's code.
need_command sfdisk
need_command qemu-img
truncate -s 64M os.raw
printf 'label: dos\nos.raw1: size=10M,type=83,bootable\nos.raw2: size=40M,type=f\nos.raw5: size=10M,type=82\nos.raw6: size=8M,type=83\n' |
    sfdisk -q os.raw || exit
patch os.raw 0 'code'
qemu-img convert -f raw -O vmdk os.raw os.vmdk
sig inspect os.vmdk
