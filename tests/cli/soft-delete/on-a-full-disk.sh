# Whoever makes room is not refused for want of it.
need_mounts
mkdir mnt && mount -t tmpfs -o size=1m none mnt
export SIG_STORE="$PWD/mnt/store"
keeping
sig image-version delete prod/ubuntu/1.0.0
disk two.raw 2 100K
for version in 2.0.0 3.0.0; do
    sig image-version create prod/ubuntu/$version --os-disk two.raw -o none
done
dd if=/dev/zero of=mnt/fill bs=4k status=none 2>/dev/null
dd if=/dev/zero of=mnt/rest bs=1 status=none 2>/dev/null
exec 2>&1
sig image-version delete prod/ubuntu/2.0.0
echo "status $?"
sig image-version delete prod/ubuntu/2.0.0 --bypass-soft-delete
echo "status $?"
sig image-version purge prod/ubuntu/1.0.0
echo "status $?"
sig image-version list prod/ubuntu --query '[].name' -o tsv
sig image-version list-soft-deleted --query '[].name' -o tsv
sig sweep --query 'disks > `0`'
echo "status $?"
rm mnt/fill mnt/rest
sig sweep -o none && sig audit --query sound
