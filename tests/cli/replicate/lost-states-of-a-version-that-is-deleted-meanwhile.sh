# No part of it comes back.
definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
rm -r store/galleries/prod/images/ubuntu/versions/1.0.0/replication store/regions/westeurope
walk '[ -e store/regions/westeurope/standard_lrs/1/lock ]' replicate prod
sig image-version delete prod/ubuntu/1.0.0
go_on
echo "status $?"
find store/galleries/prod/images/ubuntu/versions
