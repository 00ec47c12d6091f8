# A publish was killed before its blob was read back, and the blob went bad: the next one that relies on it notices, and
# what is damaged is stored anew.
definition
disk os.raw 1 100K
walk '[ -d store/galleries/prod/images/ubuntu/versions/1.0.0 ]' image-version create prod/ubuntu/1.0.0 --os-disk os.raw
kill -KILL $walker
patch store/regions/westus2/standard_lrs/1/blobs/*.blob 5000 x
touch -d @0 store/regions/westus2/standard_lrs/1/blobs/*.blob
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw >/dev/null
echo $?
find store/regions -name '*.blob'
sig image-version create prod/ubuntu/3.0.0 --os-disk os.raw >/dev/null
echo $?
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
sig image-version export prod/ubuntu/3.0.0 - | same - os.raw
sig replicate prod >/dev/null
