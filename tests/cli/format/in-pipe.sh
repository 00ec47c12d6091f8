need_command qemu-img
try_disk
cat os.raw | taken "raw from a pipe" -
taken "raw as standard input" - <os.raw
cat os.raw | taken "raw from a pipe, format given" - --source-format raw
mkfifo pipe && { cat os.raw >pipe & } && taken "raw from a FIFO" pipe
cat os.raw | taken "raw from /dev/stdin" /dev/stdin
qemu-img convert -O vpc -o subformat=fixed,force_size=on os.raw os.vhd && cat os.vhd | taken "fixed VHD from a pipe" -
cat os.vhd | taken "fixed VHD from a pipe, format given" - --source-format vhd
qemu-img convert -O qcow2 os.raw os.qcow2 && cat os.qcow2 | taken "qcow2 from a pipe" -
cat os.qcow2 | taken "qcow2 from a pipe, format given" - --source-format qcow2
taken "qcow2 as standard input" - <os.qcow2
{ head -c 1000 /dev/zero && cat os.raw; } >longer && { dd bs=1000 count=1 status=none of=/dev/null; taken "raw from within standard input" -; } <longer
