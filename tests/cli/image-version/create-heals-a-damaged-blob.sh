# Its blocks are not found any more, so they are stored again, and give a blob of the same name.
definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
blob=$(ls store/regions/westus2/standard_lrs/1/blobs/*.blob)
size=$(stat -c %s "$blob")
for offset in $((size - 10)) $((size - 100)); do
    patch "$blob" $offset x
    rm store/regions/westus2/standard_lrs/1/index.?
    sig image-version create prod/ubuntu/1.$offset.0 --os-disk os.raw >/dev/null || exit
    sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
    sig image-version export prod/ubuntu/1.$offset.0 - | same - os.raw
done
