definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version update prod/ubuntu/1.0.0 --target-regions 'West US 2=2' westeurope >/dev/null
replication prod/ubuntu/1.0.0
