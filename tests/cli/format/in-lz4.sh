need_command lz4
try_disk
lz4 -q -c os.raw >os.lz4 && taken "lz4" os.lz4
{ head -c 5M os.raw | lz4 -q -c; tail -c +5242881 os.raw | lz4 -q -c; } >os.lz4 && taken "lz4, two parts" os.lz4
qemu-img convert -O vpc -o subformat=fixed,force_size=on os.raw os.vhd && lz4 -q -c os.vhd >os.lz4 && taken "lz4 of a fixed VHD" os.lz4
qemu-img convert -O qcow2 os.raw os.qcow2 && lz4 -q -c os.qcow2 >os.lz4 && taken "lz4 of qcow2" os.lz4
ls .sig* 2>/dev/null
lz4 -q -c os.vhd | taken "lz4 from a pipe" -
