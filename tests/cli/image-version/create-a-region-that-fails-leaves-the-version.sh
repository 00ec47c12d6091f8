definition
disk os.raw 1 100K
mkdir -p store/regions/westeurope/standard_lrs
: >store/regions/westeurope/standard_lrs/1
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope northeurope >/dev/null
echo $?
replication prod/ubuntu/1.0.0
