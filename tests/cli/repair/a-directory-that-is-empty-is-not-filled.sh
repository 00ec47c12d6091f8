definition && disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 westeurope >/dev/null
mkdir away && mv store/regions/westeurope/standard_lrs/1/* away
patch "$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)" 20000 rot
# Its disk may come back; the others are repaired.
sig repair; echo $?
ls store/regions/westeurope/standard_lrs/1
rmdir store/regions/westeurope/standard_lrs/1 && sig repair -o tsv && sig audit -o tsv
