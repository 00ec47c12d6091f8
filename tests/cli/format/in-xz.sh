need_command xz
try_disk
xz -0 -c os.raw >os.xz && taken "xz" os.xz
xz -0 -c -T2 --block-size=1MiB os.raw >os.xz && taken "xz, blocks" os.xz && taken "xz, blocks, one thread" os.xz --threads 1
{ head -c 5M os.raw | xz -0 -c; tail -c +5242881 os.raw | xz -0 -c; head -c 8 /dev/zero; } >os.xz && taken "xz, two parts and padding" os.xz
qemu-img convert -O vpc -o subformat=fixed,force_size=on os.raw os.vhd && xz -0 -c os.vhd >os.xz && taken "xz of a fixed VHD" os.xz
qemu-img convert -O qcow2 os.raw os.qcow2 && xz -0 -c os.qcow2 >os.xz && taken "xz of qcow2" os.xz
xz -0 -c os.vhd | taken "xz from a pipe" -
