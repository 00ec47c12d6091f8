definition
disk one.raw 1 300K
cp one.raw two.raw
patch two.raw 70000 x
walk 'ls store/regions/westus2/standard_lrs/1/disks/*.disk >/dev/null 2>&1' image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk two.raw >/dev/null
go_on
sig image-version export prod/ubuntu/1.0.0 - | same - one.raw
sig image-version export prod/ubuntu/2.0.0 - | same - two.raw
