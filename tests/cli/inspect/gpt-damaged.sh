# One of the two tables is enough, and that it is damaged is said; both are none.
need_command sfdisk
need_command qemu-img
definition
truncate -s 64M os.raw
look() {
    qemu-img convert -f raw -O vmdk os.raw os.vmdk
    sig inspect os.vmdk "$@"
}

printf 'label: gpt\nsize=10M,type=uefi,name=EFI\n' | sfdisk -q os.raw || exit
patch os.raw 600 x
look --for prod/ubuntu
echo "beginning: $?"
patch os.raw 67108400 x
look
echo "both: $?"
look --for prod/ubuntu >/dev/null
