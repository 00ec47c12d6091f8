definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
patch "$(ls store/regions/westus2/standard_lrs/1/blobs/*.blob)" 20000 rot
sig audit --query "findings[0].level" -o tsv
echo $?
sig audit --query "abs(sound)"
