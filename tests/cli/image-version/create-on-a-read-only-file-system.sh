need_mounts
definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
mount --bind store store
mount -o remount,bind,ro store
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw
echo $?
sig image-version export prod/ubuntu/latest - | same - os.raw
