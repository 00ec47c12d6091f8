# Nothing to mend it from: it is left where it is.
definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
rm -r store/galleries/prod/images/ubuntu/versions/*/replication/*.json
patch store/regions/westus2/standard_lrs/1/blobs/*.blob 5000 x
sig replicate prod >/dev/null
echo $?
find store/regions -name '*.blob'
