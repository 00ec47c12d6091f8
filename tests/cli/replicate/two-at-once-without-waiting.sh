definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
walk 'ls store/regions/westeurope/standard_lrs/1/blobs/*.blob >/dev/null 2>&1' image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope >slow
sig replicate prod/ubuntu/1.0.0 --lock-wait 0 -o table
go_on
replication prod/ubuntu/1.0.0
