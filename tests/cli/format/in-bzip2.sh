need_command bzip2
try_disk
bzip2 -q -c os.raw >os.bz2 && taken "bzip2" os.bz2
{ head -c 5M os.raw | bzip2 -q -c; tail -c +5242881 os.raw | bzip2 -q -c; } >os.bz2 && taken "bzip2, two parts" os.bz2
qemu-img convert -O vpc -o subformat=fixed,force_size=on os.raw os.vhd && bzip2 -q -c os.vhd >os.bz2 && taken "bzip2 of a fixed VHD" os.bz2
qemu-img convert -O qcow2 os.raw os.qcow2 && bzip2 -q -c os.qcow2 >os.bz2 && taken "bzip2 of qcow2" os.bz2
ls .sig* 2>/dev/null
bzip2 -q -c os.vhd | taken "bzip2 from a pipe" -
