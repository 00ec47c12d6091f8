# The directory of a region in the store says what the region is: it stays, and the replicas are made anew in it.
definition && disk os.raw 1 100K
sig region create westeurope --capacity 1G -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
rm -r store/regions/westeurope/standard_lrs
sig replicate >/dev/null
mkdir store/regions/westeurope/standard_lrs
sig replicate --query '[].replicationStatus.aggregatedState' -o tsv
sig region show westeurope --query capacity
sig audit -o tsv
