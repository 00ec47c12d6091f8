definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
: >store/regions/westeurope
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope >/dev/null
echo $?
replication prod/ubuntu/1.0.0
