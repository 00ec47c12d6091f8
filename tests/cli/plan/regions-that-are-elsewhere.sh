# Directories of their own, with no replica in them yet; one with zones; one that is not mounted; one with room for little.
definition && disk os.raw 1 1M
sig region create rack --path rack -o none && sig region create racks --path racks --zones za zb zc -o none
sig region create small --path small --capacity 700K -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack racks=1=Standard_ZRS -o none --no-wait=false
plan() { sig "$@" --plan --query '[fits, regions[].[region, freeSpace > `0`, capacityLeft, fits, bytesToCopy]]' -o json | tr -d ' \n'; echo; }
plan image-version update prod/ubuntu/1.0.0 --add-regions small=1
plan image-version update prod/ubuntu/1.0.0 --add-regions small=2
rm -r rack/standard_lrs za/standard_zrs && plan replicate
mv rack away && plan replicate && plan image-version delete prod/ubuntu/1.0.0
plan image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2 rack=2
