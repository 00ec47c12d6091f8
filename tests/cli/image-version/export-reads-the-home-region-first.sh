definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westeurope westus2 >/dev/null
rm -r store/regions/westeurope/standard_lrs/1/disks
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
