# Written to after it was made: its blocks are in no order, one of its headers is newer, its log is full of old entries.
need_command qemu-img
need_command qemu-io
definition || exit
qemu-img create -q -f vhdx -o block_size=1M os.vhdx 20M || exit
qemu-io -f vhdx -c 'write -P 1 15M 1M' -c 'write -P 2 3M 2M' -c 'write -P 3 19M 512' -c 'write -P 4 0 4k' \
    -c 'write -z 3M 1M' -c 'discard 15M 1M' -c 'write -P 5 15M 64k' os.vhdx >/dev/null || exit
qemu-img convert -f vhdx -O raw os.vhdx os.raw || exit
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk os.vhdx >/dev/null
[ "$(digest prod/ubuntu/1.0.0)" = "$(digest prod/ubuntu/2.0.0)" ] && echo identical
