# Disks that end within a block of 4096 bytes, or within a cluster.
need_command qemu-img
definition
disk os.raw 1 3M

for size in 512 3584 4096 65024 66048 3144704; do
    truncate -s $size os.raw
    for options in cluster_size=512 cluster_size=4k cluster_size=2M extended_l2=on preallocation=metadata 'cluster_size=64k -c'; do
        # shellcheck disable=SC2086 # options and a flag
        qemu-img convert -f raw -O qcow2 -o $options os.raw os.image
        sig image-version create prod/ubuntu/1.0.0 --os-disk os.image >/dev/null &&
            sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
        sig image-version delete prod/ubuntu/1.0.0
    done
    echo "$size bytes: identical"
done
