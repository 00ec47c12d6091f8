definition
disk one.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 westeurope=2 >/dev/null
sig image-version wait prod/ubuntu/1.0.0 --replicated
sig image-version wait prod/ubuntu/1.0.0 --replicated --region 'West Europe'
sig image-version wait prod/ubuntu/latest --custom "replicationStatus.aggregatedState == 'Completed'" --expand ReplicationStatus
# A region that cannot be written to has failed.
mkdir -p store/regions/eastus && touch store/regions/eastus/standard_lrs
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope=2 eastus >/dev/null 2>&1
sig image-version wait prod/ubuntu/1.0.0 --replicated
echo "status $?"
sig image-version wait prod/ubuntu/1.0.0 --replicated --region westeurope
echo "status $?"
sig image-version wait prod/ubuntu/1.0.0 --replicated --region northeurope
echo "status $?"
