# A publish that began before the region was deleted, and commits after it, is refused; so is a deletion while accepted work
# names the region.
definition
disk os.raw 1 300K
sig region create rack --path rack -o none
walk '[ -n "$(ls store/regions/westus2/standard_lrs/1/disks 2>/dev/null)" ]' \
    image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack
sig region delete rack
echo "status $?"
go_on
echo "status $?"
sig image-version list prod/ubuntu --query '[].name'
ls rack store/regions

sig region create rack --path rack -o none
accepted image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack
sig region delete rack
echo "status $?"
sig replicate -o none
sig region delete rack
echo "status $?"
sig image-version delete prod/ubuntu/1.0.0 && sig sweep --force -o none && sig region delete rack && ls rack
