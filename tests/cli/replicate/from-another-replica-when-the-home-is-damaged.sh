definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope northeurope >/dev/null
patch store/regions/westus2/standard_lrs/1/blobs/*.blob 5000 x
rm -r store/regions/northeurope
sig replicate prod/ubuntu/1.0.0 -o table
sig image-version export prod/ubuntu/1.0.0 - --region northeurope | same - os.raw
