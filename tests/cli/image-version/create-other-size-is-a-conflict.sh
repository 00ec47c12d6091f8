definition
disk os.raw 1 200K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
truncate -s +1 os.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
