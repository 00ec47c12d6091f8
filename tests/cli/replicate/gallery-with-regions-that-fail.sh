definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.2.0 --os-disk os.raw >/dev/null
rm -r store/regions/westeurope
: >store/regions/westeurope
sig replicate prod -o table
