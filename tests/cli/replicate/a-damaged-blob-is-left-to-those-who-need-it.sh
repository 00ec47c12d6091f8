# A blob went bad where only one of two versions needs it, and the other has no second copy: mending the one leaves the
# blob to the other.
definition
disk shared.raw 1 32K
disk own.raw 2 4M
cat shared.raw own.raw >big.raw
sig image-version create prod/ubuntu/2.0.0 --os-disk big.raw >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk shared.raw --target-regions westus2 westeurope >/dev/null
patch store/regions/westus2/standard_lrs/1/blobs/*.blob 5000 x
rm store/galleries/prod/images/ubuntu/versions/1.0.0/replication/westus2.json
sig replicate prod/ubuntu/1.0.0 >/dev/null
echo $?
sig image-version export prod/ubuntu/1.0.0 - --region westus2 | same - shared.raw
rm -r store/regions/westeurope
sig image-version export prod/ubuntu/1.0.0 - --region westus2 2>/dev/null | same - shared.raw
find store/regions/westus2 -name '*.blob' | wc -l
