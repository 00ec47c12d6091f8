definition
disk one.raw 1 512K
disk data.raw 2 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --data-disk 3=data.raw >/dev/null
rm -r store/regions/westus2/standard_lrs/1
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --data-disk 3=data.raw -o table
sig image-version export prod/ubuntu/1.0.0 - | same - one.raw && echo exact
sig image-version export prod/ubuntu/1.0.0 - --data-disk 3 | same - data.raw && echo exact
