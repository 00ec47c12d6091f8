# A map that was read for damaged is brought anew; the blob that it names has not been looked at by then, and is.
definition
disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
patch "$(echo store/regions/westus2/standard_lrs/1/disks/*.disk)" 100 rot
patch "$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)" 5000 rot
sig repair --query '[sound, blobs, repairs[].path]'
sig audit --deep --query sound
sig repair --query 'length(repairs)'
rm -r store/regions/westeurope
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
