# A replica in zones is intact when it is in all three; one with premium storage when its disks are ready.
definition
disk os.raw 1 256K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2=Standard_ZRS northeurope=1=Premium_LRS >/dev/null

# Without bytes: what a sparse file takes is the file system's business.
look() {
    sig coverage --query 'versions[].regions[].[name, storageAccountType, intact, wanted, state, verifiedDate, reason]' -o tsv
}
look
sig coverage --query 'storage[].[name, storageAccountType, directories]' -o tsv
rm store/regions/westus2/standard_zrs/2/zone-3/blobs/*
truncate -s 1M store/regions/northeurope/premium_lrs/1/disks/*.raw
look
rm store/regions/northeurope/premium_lrs/1/disks/*.raw
look
sig replicate --verify -o none 2>/dev/null
look
