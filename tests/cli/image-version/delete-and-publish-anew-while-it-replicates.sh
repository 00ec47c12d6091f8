definition
disk one.raw 1 100K
disk two.raw 2 100K
walk '[ -e store/regions/westeurope/standard_lrs/1/lock ]' image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 westeurope
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/1.0.0 --os-disk two.raw >/dev/null
go_on
echo $?
replication prod/ubuntu/1.0.0
sig image-version export prod/ubuntu/1.0.0 - | same - two.raw
