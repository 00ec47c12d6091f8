need_command sfdisk
need_command qemu-img
truncate -s 64M os.raw
printf 'label: gpt\nsize=1M,type=21686148-6449-6E6F-744E-656564454649\nsize=20M,type=uefi,name="EFI"\ntype=linux\n' |
    sfdisk -q os.raw && qemu-img convert -f raw -O vmdk os.raw os.vmdk || exit
sig inspect os.vmdk
sig inspect os.vmdk -o table
