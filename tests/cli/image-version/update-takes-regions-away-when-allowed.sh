definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version update prod/ubuntu/1.0.0 --allow-replicated-location-deletion true --target-regions westus2 >/dev/null
replication prod/ubuntu/1.0.0
ls store/galleries/prod/images/ubuntu/versions/1.0.0/replication
