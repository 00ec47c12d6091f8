definition
disk os.raw 1 1K
disk a=b.raw 2 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=a=b.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 back.raw --data-disk 0
same a=b.raw back.raw
