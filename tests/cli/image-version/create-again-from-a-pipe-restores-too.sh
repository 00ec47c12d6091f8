# A pipe cannot be read twice: what the home region has lost, or has damaged, is stored from it while it is compared.
definition
disk one.raw 1 512K
cat one.raw | sig image-version create prod/ubuntu/1.0.0 --os-disk - >/dev/null
rm -r store/regions/westus2/standard_lrs/1
cat one.raw | sig image-version create prod/ubuntu/1.0.0 --os-disk - >/dev/null
sig image-version export prod/ubuntu/1.0.0 - | same - one.raw && echo exact
patch "$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)" 5000 rot
gzip -k one.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw.gz >/dev/null && sig audit -o tsv
# What is something else is refused as ever.
patch "$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)" 5000 rot
patch one.raw 100 other
cat one.raw | sig image-version create prod/ubuntu/1.0.0 --os-disk -; echo $?
