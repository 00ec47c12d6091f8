definition
disk os.raw 1 100K
walk 'ls store/regions/westus2/standard_lrs/1/disks/*.disk >/dev/null 2>&1' image-version create prod/ubuntu/1.0.0 --os-disk os.raw
kill -KILL $walker
sig image-version list prod/ubuntu
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
