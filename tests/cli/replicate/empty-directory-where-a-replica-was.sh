definition
disk one.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 westeurope >/dev/null
mkdir away
mv store/regions/westeurope/standard_lrs/1/* away
sig replicate -o table
ls store/regions/westeurope/standard_lrs/1
mv away/* store/regions/westeurope/standard_lrs/1
sig replicate -o table
