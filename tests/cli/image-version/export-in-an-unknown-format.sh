definition
disk os.raw 1 2M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 os.vdi --format vdi
