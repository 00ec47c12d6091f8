need_command sfdisk
need_command qemu-img
definition
sig image-definition create prod/old --publisher Contoso --offer Server --sku old --os-type Linux --hyper-v-generation V1 >/dev/null
truncate -s 64M os.raw
try() {
    qemu-img convert -f raw -O vmdk os.raw os.vmdk
    echo "$1: $(sig inspect os.vmdk --for prod/old -o table | tail -n 1)"
}

printf 'label: dos\nsize=10M,type=83\n' | sfdisk -q os.raw
try 'MBR'
patch os.raw 0 'code'
try 'MBR, code'
printf 'label: gpt\nsize=10M,type=uefi\n' | sfdisk -q --wipe always os.raw
try 'GPT'
patch os.raw 0 'code'
try 'GPT, code'
printf 'label: gpt\nsize=10M,type=uefi\nsize=1M,type=21686148-6449-6E6F-744E-656564454649\n' | sfdisk -q --wipe always os.raw
patch os.raw 0 'code'
try 'GPT, code, BIOS boot'
sig inspect os.vmdk --for prod/old >/dev/null
