# It is copied anew, and only what fails then counts.
definition
disk one.raw 1 100K
disk two.raw 2 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 westeurope northeurope >/dev/null
rm -r store/regions/westeurope store/regions/northeurope
: >store/regions/westeurope
walk '[ -e store/regions/northeurope/standard_lrs/1/lock ]' replicate prod -o table
replication prod/ubuntu/1.0.0 | grep -e region -e state
rm store/regions/westeurope
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/1.0.0 --os-disk two.raw --target-regions westus2 >/dev/null
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope >/dev/null
go_on
echo "status $?"
sig image-version export prod/ubuntu/1.0.0 - --region westeurope | same - two.raw
