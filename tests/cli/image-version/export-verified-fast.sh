# Rot is found all the same, and made good by another replica.
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 >/dev/null
sig image-version export prod/ubuntu/1.0.0 back.raw --verify fast
same back.raw os.raw
blob=$(ls store/regions/westus2/standard_lrs/1/blobs/*)
chmod u+w "$blob"
patch "$blob" 40000 broken
sig image-version export prod/ubuntu/1.0.0 back.raw --verify fast --force 2>&1 | sed 's/[0-9a-f]\{32\}/BLOB/'
same back.raw os.raw
sig image-version export prod/ubuntu/1.0.0 back.raw --verify none --force
