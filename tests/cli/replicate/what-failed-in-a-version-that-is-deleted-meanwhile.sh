# It counts no more, and there is nothing to say about it.
definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope northeurope uksouth >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw >/dev/null
rm -r store/regions/westeurope store/regions/northeurope store/regions/uksouth
: >store/regions/westeurope
: >store/regions/northeurope
walk '[ -e store/regions/uksouth/standard_lrs/1/lock ]' replicate prod -o table
replication prod/ubuntu/1.0.0 | grep -e region -e state
sig image-version delete prod/ubuntu/1.0.0
go_on
echo "status $?"
