need_command zstd
try_disk
zstd -q -c os.raw >os.zst && taken "zstd" os.zst
{ head -c 5M os.raw | zstd -q -c; tail -c +5242881 os.raw | zstd -q -c; } >os.zst && taken "zstd, two parts" os.zst
qemu-img convert -O vpc -o subformat=fixed,force_size=on os.raw os.vhd && zstd -q -c os.vhd >os.zst && taken "zstd of a fixed VHD" os.zst
qemu-img convert -O qcow2 os.raw os.qcow2 && zstd -q -c os.qcow2 >os.zst && taken "zstd of qcow2" os.zst
ls .sig* 2>/dev/null
zstd -q -c os.vhd | taken "zstd from a pipe" -
zstd -q -c --long=27 -5 os.raw >os.zst && taken "zstd, long distance" os.zst
