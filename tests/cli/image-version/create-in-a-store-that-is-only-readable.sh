need_root
definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
as_nobody true
chown -R root:nogroup store
nobody sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw
echo $?
nobody sig image-version export prod/ubuntu/latest - | same - os.raw
