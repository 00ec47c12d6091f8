definition
disk os.raw 1 100K
walk 'ls store/regions/westeurope/standard_lrs/1/disks/*.disk >/dev/null 2>&1' \
    image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope
kill -KILL $walker
patch store/regions/westeurope/standard_lrs/1/blobs/*.blob 5000 x
sig replicate prod/ubuntu/1.0.0 -o table
echo $?
sig image-version export prod/ubuntu/1.0.0 - --region westeurope | same - os.raw
