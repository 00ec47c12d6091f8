definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --source-format vhd
