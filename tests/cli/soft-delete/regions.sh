# A soft-deleted version wants its regions: they stay, and what is copied there is nobody else's.
exec 2>&1
keeping
sig region create rack --path rack -o none
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --target-regions westus2 rack -o none
sig image-version delete prod/ubuntu/2.0.0
sig sweep --query disks
sig region delete rack
echo "status $?"
sig coverage --query 'versions[].name' -o tsv
sig usage --location westus2 --query "[?name=='GalleryImageVersion'].currentValue" -o tsv
sig audit --query '[sound, bytesUnused]' -o tsv
sig image-version purge prod/ubuntu/2.0.0 && sig sweep --query disks && sig region delete rack && ls rack
