definition
disk one.raw 1 200K
cp one.raw two.raw
patch two.raw 70000 x
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk two.raw >/dev/null
sig image-version delete prod/ubuntu/1.0.0
sig image-version export prod/ubuntu/2.0.0 - | same - two.raw
