need_command qemu-img
definition
disk base.raw 1 1M
try() {
    sig image-version create prod/ubuntu/1.0.0 --os-disk "$1"
    echo $?
}

qemu-img create -q -f qcow2 -b base.raw -F raw child.qcow2
try child.qcow2
qemu-img create -q -f qcow2 -o data_file=data.raw,data_file_raw=on outside.qcow2 1M
try outside.qcow2
# qemu-img times its ciphers before it makes a LUKS image, which it cannot on a busy machine: the method alone is set.
qemu-img convert -f raw -O qcow2 base.raw luks.qcow2
printf '\002' | dd of=luks.qcow2 bs=1 seek=35 conv=notrunc status=none
try luks.qcow2
qemu-img convert -f raw -O qcow2 -o encrypt.format=aes,encrypt.key-secret=key --object secret,id=key,data=abc base.raw aes.qcow2
try aes.qcow2
# One whole image of both, as the hint says.
qemu-img convert -O qcow2 child.qcow2 whole.qcow2
sig image-version create prod/ubuntu/1.0.0 --os-disk whole.qcow2 >/dev/null
sig image-version export prod/ubuntu/1.0.0 - | same - base.raw
