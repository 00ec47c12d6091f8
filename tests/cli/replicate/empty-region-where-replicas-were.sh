definition
disk one.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
rm -r store/regions/westus2/*
sig image-version create prod/ubuntu/1.1.0 --os-disk one.raw
echo $?
rmdir store/regions/westus2
sig image-version create prod/ubuntu/1.1.0 --os-disk one.raw -o table
