definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
patch store/galleries/prod/images/ubuntu/versions/1.0.0/version.json 100 rot
# All others are repaired.
patch "$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)" 20000 rot
sig repair; echo $?
sig image-version export prod/ubuntu/1.1.0 - | same - os.raw
