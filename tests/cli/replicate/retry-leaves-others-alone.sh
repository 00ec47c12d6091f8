definition
disk os.raw 1 100K
mkdir -p store/regions
echo mine >store/regions/westeurope
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope northeurope >/dev/null 2>&1
# This one is to be copied again, but has not failed.
rm -r store/regions/northeurope store/replicas/northeurope*
rm store/regions/westeurope
sig replicate --retry >/dev/null
ls store/regions
sig replicate --retry
sig replicate >/dev/null
ls store/regions
