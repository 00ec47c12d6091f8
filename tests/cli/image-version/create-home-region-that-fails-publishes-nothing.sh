definition
disk os.raw 1 100K
mkdir -p store/regions/westus2
: >store/regions/westus2/standard_lrs
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope
echo $?
sig image-version list prod/ubuntu
