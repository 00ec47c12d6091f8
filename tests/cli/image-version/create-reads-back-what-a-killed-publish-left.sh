definition
disk os.raw 1 100K
walk 'ls store/regions/westus2/standard_lrs/1/disks/*.disk >/dev/null 2>&1' image-version create prod/ubuntu/1.0.0 --os-disk os.raw
kill -KILL $walker
touch -r store/regions/westus2/standard_lrs/1/blobs/*.blob then
patch store/regions/westus2/standard_lrs/1/blobs/*.blob 5000 x
touch -r then store/regions/westus2/standard_lrs/1/blobs/*.blob
disk data.raw 2 50K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw >/dev/null
echo $?
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw >/dev/null
echo $?
sig image-version export prod/ubuntu/1.1.0 - | same - os.raw
