# What a reader of such a file must notice before it publishes anything, and --source-format raw takes its bytes all the same.
need_command qemu-img
definition
disk os.raw 1 1M
try() {
    echo "$1: status $(sig image-version create prod/ubuntu/1.0.0 --os-disk bad.vmdk >out 2>err; echo $?)"
    cat out err
}
fresh() {
    qemu-img convert -f raw -O vmdk -o subformat="$1" os.raw bad.vmdk || exit
}

for type in monolithicSparse streamOptimized; do
    fresh $type
    truncate -s -70000 bad.vmdk
    try "cut short, $type"
    fresh $type
    patch bad.vmdk 73 '  '
    try "line ends, $type"
    fresh $type
    patch bad.vmdk 4 '?'
    try "version, $type"
    # The first entry of the grain directory.
    fresh $type
    printf '\1\0\0\0' | dd of=bad.vmdk bs=1 seek=$((0x1a * 512)) conv=notrunc status=none
    try "a table in the description, $type"
done
fresh streamOptimized
printf '\7' | dd of=bad.vmdk bs=1 seek=$((128 * 512)) conv=notrunc status=none
try "a grain of another place"
fresh streamOptimized
patch bad.vmdk $((128 * 512 + 40)) damage
try "a damaged grain"
sig image-version create prod/ubuntu/1.0.0 --os-disk bad.vmdk --source-format raw >/dev/null
echo "raw: $?"
printf 'KDMV' >bad.vmdk
try "a mark alone"
