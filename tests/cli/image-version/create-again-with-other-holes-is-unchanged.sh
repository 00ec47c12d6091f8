definition
disk os.raw 1 200K
cp --sparse=never os.raw full.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk full.raw >/dev/null
