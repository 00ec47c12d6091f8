definition
disk os.raw 1 100K
disk data.raw 2 100K
walk 'ls store/regions/westeurope/standard_lrs/1/blobs/*.blob >/dev/null 2>&1' \
    image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw --target-regions westus2 westeurope=2
kill -KILL $walker
wait $walker 2>/dev/null
# How far it was is written down every second.
replication prod/ubuntu/1.0.0 | sed 's/"progress": [0-9][0-9]\{0,1\},/"progress": below 100,/'
sig replicate prod/ubuntu/1.0.0 >/dev/null
replication prod/ubuntu/1.0.0
sig image-version export prod/ubuntu/1.0.0 - --region westeurope | same - os.raw
