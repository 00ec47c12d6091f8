definition
disk os.raw 1 2M
disk data.raw 2 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 out --all-disks out
sig image-version export prod/ubuntu/1.0.0 --all-disks out --data-disk 0
sig image-version export prod/ubuntu/1.0.0 --all-disks no/such/out
sig image-version export prod/ubuntu/1.0.0 --all-disks os.raw
sig image-version export prod/ubuntu/1.0.0 --all-disks ''
sig image-version export prod/ubuntu/1.0.0 --all-disks out --format vhdx --compress
ls
