definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --location westeurope
