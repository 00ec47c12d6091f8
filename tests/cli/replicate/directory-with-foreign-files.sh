definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
rm store/regions/westeurope/standard_lrs/1/replica.json
sig replicate prod/ubuntu/1.0.0 >/dev/null
