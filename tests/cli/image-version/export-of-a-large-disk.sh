# Large enough to be written past the page cache where the file system can do that, in extents and ends off every grid.
need_mounts
definition
disk os.raw 1 96M
for at in 0 4096 1000000 50000000 99999999; do patch os.raw "$at" data; done
yes | head -c 40000123 | dd of=os.raw bs=64K seek=512 conv=notrunc status=none
truncate -s 100001234 os.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
mkdir cached
mount -t tmpfs none cached
for file in there.raw cached/here.raw; do
    for threads in 1 3; do
        sig image-version export prod/ubuntu/1.0.0 "$file" --force --threads "$threads"
        same os.raw "$file"
    done
done
sig image-version export prod/ubuntu/1.0.0 - | cmp - os.raw
[ "$(stat -c %b there.raw)" -le "$(stat -c %b os.raw)" ] && echo sparse
