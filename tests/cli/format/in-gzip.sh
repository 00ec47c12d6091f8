need_command gzip
try_disk
gzip -q -c os.raw >os.gz && taken "gzip" os.gz
{ head -c 5M os.raw | gzip -q -c; tail -c +5242881 os.raw | gzip -q -c; } >os.gz && taken "gzip, two parts" os.gz
qemu-img convert -O vpc -o subformat=fixed,force_size=on os.raw os.vhd && gzip -q -c os.vhd >os.gz && taken "gzip of a fixed VHD" os.gz
qemu-img convert -O qcow2 os.raw os.qcow2 && gzip -q -c os.qcow2 >os.gz && taken "gzip of qcow2" os.gz
ls .sig* 2>/dev/null
gzip -q -c os.vhd | taken "gzip from a pipe" -
{ gzip -c os.raw; head -c 1000 /dev/zero; } >os.gz && taken "gzip, zeros behind it" os.gz
