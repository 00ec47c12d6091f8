need_mounts
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
mkdir small
mount -t tmpfs -o size=128K none small
sig image-version export prod/ubuntu/1.0.0 small/back.raw
echo $?
ls -A small
