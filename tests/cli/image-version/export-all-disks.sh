# Every disk into one directory, which is made; nothing is replaced without --force.
definition
disk os.raw 1 2M
disk logs.raw 2 1M
disk data.raw 3 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 7=logs.raw 0=data.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 --all-disks out
ls out
cmp os.raw out/os.raw && cmp logs.raw out/data-7.raw && cmp data.raw out/data-0.raw
stat -c '%A %n' out out/os.raw
sig image-version export prod/ubuntu/1.0.0 --all-disks out/ --format qcow2
ls out
rm out/os.raw out/data-0.raw
echo changed >out/data-7.raw
sig image-version export prod/ubuntu/1.0.0 --all-disks out
ls out
sig image-version export prod/ubuntu/1.0.0 --all-disks out --force --format raw
ls out
cmp logs.raw out/data-7.raw
