need_command sfdisk
need_command qemu-img
definition
truncate -s 64M os.raw
look() {
    qemu-img convert -f raw -O vmdk os.raw os.vmdk
    sig inspect os.vmdk --for prod/ubuntu "$@"
}
try() {
    echo "$1: $(look -o table | tail -n 1)"
}

look
echo "empty: $?"
patch os.raw 40000000 data
try 'nothing'
printf 'label: dos\nsize=10M,type=83\n' | sfdisk -q os.raw
try 'MBR'
printf 'label: gpt\nsize=10M,type=linux\n' | sfdisk -q --wipe always os.raw
try 'GPT'
printf 'label: gpt\nsize=10M,type=uefi\n' | sfdisk -q --wipe always os.raw
try 'GPT, EFI'
look
echo "GPT, EFI: $?"
truncate -s 10000384 os.raw
try 'cut short'
