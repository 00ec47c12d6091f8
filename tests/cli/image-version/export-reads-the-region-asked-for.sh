definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
rm -r store/regions/westus2/standard_lrs/1/disks
sig image-version export prod/ubuntu/1.0.0 - --region 'West Europe' | same - os.raw
