# A disk of nothing but holes, and one without any: every format holds them, and they come in again as they were.
try_disk
truncate -s 64M empty.raw
# Text, which shrinks, and what does not shrink any more.
{ seq 1 1000000 && seq 1 1000000 | gzip -9n; } | head -c 8M >full.raw
for kind in empty full; do
    mv "$kind.raw" os.raw
    sig image-version delete prod/ubuntu/1.0.0
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
    echo "$kind:"
    exported vhd vpc
    exported vhd-dynamic vpc
    exported vhdx vhdx
    exported qcow2 qcow2
    exported qcow2 qcow2 --compress
    exported vmdk vmdk
    exported vmdk vmdk --compress
done
