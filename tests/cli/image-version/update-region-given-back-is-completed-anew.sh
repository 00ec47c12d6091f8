definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope --allow-replicated-location-deletion true >/dev/null
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 >/dev/null
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope >/dev/null
replication prod/ubuntu/1.0.0
