definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
patch store/regions/westus2/standard_lrs/1/blobs/*.blob 5000 x
patch store/regions/westeurope/standard_lrs/1/blobs/*.blob 5000 x
mkdir back
sig image-version export prod/ubuntu/1.0.0 back/back.raw
echo $?
ls -A back
