# What a reader has met damaged counts as damaged, though it looks well from outside, until it is repaired.
# The other version has blocks in the same blob.
definition
disk os.raw 1 300K
disk more.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 westeurope >/dev/null
blob=$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)
sig image-version create prod/ubuntu/1.1.0 --os-disk more.raw --target-regions westus2=2 >/dev/null
patch "$blob" 20000 rot
sig coverage --check -o none
sig image-version export prod/ubuntu/1.0.0 - 2>/dev/null | same - os.raw
sig coverage --query 'versions[].regions[].[name, state, wanted, intact, reason]' -o tsv
sig coverage --check -o none
echo "status $?"
sig repair --queued -o none
sig coverage --query 'versions[].regions[].[name, state, wanted, intact, reason]' -o tsv
