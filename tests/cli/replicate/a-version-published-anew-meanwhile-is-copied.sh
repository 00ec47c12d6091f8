# Neither is that an error, nor does it keep the others from being copied.
definition
disk one.raw 1 100K
disk two.raw 2 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 northeurope >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk one.raw --target-regions westus2 northeurope >/dev/null
rm -r store/regions/northeurope
walk '[ -e store/regions/northeurope/standard_lrs/1/lock ]' replicate prod >/dev/null
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/1.0.0 --os-disk two.raw --target-regions westus2 >/dev/null
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 northeurope >/dev/null
go_on
echo "status $?"
for version in 1.0.0 2.0.0; do
    replication prod/ubuntu/$version | grep State
done
sig image-version export prod/ubuntu/1.0.0 - --region northeurope | same - two.raw
sig image-version export prod/ubuntu/2.0.0 - --region northeurope | same - one.raw
