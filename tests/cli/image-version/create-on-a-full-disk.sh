need_mounts
mkdir store
mount -t tmpfs -o size=256K none store
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
echo $?
sig image-version list prod/ubuntu
mount -o remount,size=4M store
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
