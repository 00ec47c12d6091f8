definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=2 >/dev/null
rm -r store/regions/westeurope/standard_lrs/2
sig replicate prod/ubuntu/1.0.0 -o table
rm -r store/regions/westus2 store/regions/westeurope/standard_lrs/1
sig image-version export prod/ubuntu/1.0.0 - 2>/dev/null | same - os.raw
