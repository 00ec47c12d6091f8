definition
disk one.raw 1 512K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
blob=$(echo store/regions/westus2/standard_lrs/1/blobs/*)
patch "$blob" 1000 rotten
sig image-version create prod/ubuntu/1.1.0 --os-disk one.raw -o table
sig image-version export prod/ubuntu/1.1.0 - | same - one.raw && echo exact
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 - | same - one.raw && echo exact
ls store/regions/westus2/standard_lrs/1/blobs | wc -l
