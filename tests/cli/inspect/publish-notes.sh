# Publishing says what does not fit and goes on; it says nothing of what is no OS disk by any sign.
need_command sfdisk
definition
try() {
    sig image-version create prod/ubuntu/"$1" --os-disk os.raw >/dev/null
    echo "$2: $?"
}

truncate -s 4M os.raw
printf 'label: dos\nsize=1M,type=83\n' | sfdisk -q os.raw || exit
try 1.0.0 'MBR'
# It is there already: nothing is said twice.
try 1.0.0 'MBR, again'
truncate -s +512 os.raw
printf 'label: gpt\nsize=1M,type=uefi\n' | sfdisk -q --wipe always os.raw || exit
try 1.0.1 'GPT, EFI'
disk os.raw 1 1M
try 1.0.2 'no table'
