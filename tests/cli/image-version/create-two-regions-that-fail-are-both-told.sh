definition
disk os.raw 1 100K
mkdir -p store/regions/westeurope store/regions/northeurope
: >store/regions/westeurope/standard_lrs
: >store/regions/northeurope/standard_lrs
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope northeurope >/dev/null
