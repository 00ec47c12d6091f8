definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --progress json --target-regions westus2 westeurope >/dev/null
sig image-version export prod/ubuntu/1.0.0 back.raw --progress plain
