definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 westeurope >/dev/null
rm store/regions/westus2/standard_lrs/1/blobs/*.blob store/regions/westus2/standard_lrs/2/disks/*.disk
rm -r store/regions/westeurope/standard_lrs/1
sig audit | grep -e path -e text -e level; sig audit >/dev/null 2>&1; echo $?
# Some of it lies in no version.
sig audit prod >/dev/null 2>&1; echo $?
sig image-version delete prod/ubuntu/1.0.0 && sig audit | grep -e path -e text -e level -e sound
