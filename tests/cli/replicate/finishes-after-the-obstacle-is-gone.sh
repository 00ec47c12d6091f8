definition
disk os.raw 1 100K
mkdir -p store/regions/westeurope/standard_lrs
: >store/regions/westeurope/standard_lrs/1
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope northeurope >/dev/null
sig replicate prod/ubuntu/1.0.0 >/dev/null
echo $?
rm store/regions/westeurope/standard_lrs/1
sig replicate prod/ubuntu/1.0.0 -o table
replication prod/ubuntu/1.0.0
