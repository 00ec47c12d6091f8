definition
disk one.raw 1 100K
disk two.raw 2 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/1.0.0 --os-disk two.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 - | same - two.raw
