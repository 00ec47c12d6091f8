definition
disk os.raw 1 200K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
cp os.raw other.raw
patch other.raw 70000 x
sig image-version create prod/ubuntu/1.0.0 --os-disk other.raw
