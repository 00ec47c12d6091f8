# When one disk cannot be read, none gets its name.
definition
disk os.raw 1 1M
disk data.raw 2 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --data-disk 0=data.raw >/dev/null
blob=$(ls -t store/regions/westus2/standard_lrs/1/blobs/* | head -n 1)
chmod u+w "$blob"
patch "$blob" 40000 broken
sig image-version export prod/ubuntu/2.0.0 --all-disks out 2>/dev/null
echo "status $?"
ls -A out
