# Images as machines leave them: written to, with snapshots, resized.
need_command qemu-img
need_command qemu-io
definition

# held WHAT: os.image is published, and comes back as qemu-img reads it.
held() {
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.image >/dev/null &&
        sig image-version export prod/ubuntu/1.0.0 back.raw --force &&
        qemu-img convert -f qcow2 -O raw os.image whole.raw && cmp whole.raw back.raw || return
    sig image-version delete prod/ubuntu/1.0.0
    echo "$1: identical"
}

write() {
    qemu-io -f qcow2 "$@" os.image >written 2>&1 || cat written
}

for options in cluster_size=64k compat=0.10 extended_l2=on cluster_size=512; do
    qemu-img create -q -f qcow2 -o $options os.image 6M
    write -c 'write -P 1 0 1M' -c 'write -P 2 3M 777k' -c 'write -P 3 5000k 512'
    held "$options, written"
    write -c 'write -z 256k 300k' -c 'write -z 4M 1M' -c 'discard 512k 64k' -c 'write -P 4 320k 1k'
    held "$options, with clusters of zeros"
    qemu-img snapshot -c before os.image
    write -c 'write -P 5 128k 2M' -c 'write -P 6 5M 512'
    held "$options, with a snapshot"
    qemu-img snapshot -a before os.image
    held "$options, gone back to it"
    qemu-img snapshot -d before os.image
    qemu-img resize -q -f qcow2 os.image 9M
    write -c 'write -P 7 8M 64k'
    held "$options, larger"
    qemu-img resize -q -f qcow2 --shrink os.image 4M
    held "$options, smaller"
done

qemu-img create -q -f qcow2 os.image 6M
qemu-img bitmap --add os.image changed
write -c 'write -P 1 1M 100k'
held "with a bitmap of what changed"

qemu-img create -q -f qcow2 -o lazy_refcounts=on os.image 6M
qemu-io -f qcow2 -c 'write -P 1 1M 100k' -c 'sigraise 9' os.image >killed 2>&1
qemu-img check -q os.image >leaks 2>&1 || echo "its refcounts are behind"
held "lazy_refcounts=on, killed"
