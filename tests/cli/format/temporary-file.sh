# What cannot be read in one pass lies in TMPDIR, without a name, and is gone whatever happens.
need_command qemu-img
definition
disk os.raw 1 3M && qemu-img convert -O qcow2 os.raw os.qcow2 && mkdir spool
cat os.qcow2 | TMPDIR=$PWD/spool sig image-version create prod/ubuntu/1.0.0 --os-disk - >/dev/null && sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
ls -A spool
gzip os.qcow2
TMPDIR=$PWD/spool walk 'ls -l "/proc/$walker/fd" 2>/dev/null | grep -q "spool/.*deleted"' image-version create prod/ubuntu/1.1.0 --os-disk os.qcow2.gz
ls -A spool
kill -KILL "$walker"
wait "$walker" 2>/dev/null
ls -A spool
TMPDIR=$PWD/nothing sig image-version create prod/ubuntu/1.1.0 --os-disk os.qcow2.gz
echo $?
sig image-version list prod/ubuntu -o tsv | wc -l
