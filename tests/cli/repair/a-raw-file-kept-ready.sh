definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=1=premium_lrs westeurope >/dev/null
raw=$(echo store/regions/westus2/premium_lrs/1/disks/*.raw)
patch "$raw" 5000 rot
sig audit >/dev/null 2>&1; echo $?
sig repair --query repairs -o json
same "$raw" os.raw && sig audit -o tsv
rm "$raw" && sig repair --query 'length(repairs)' -o tsv && same "$raw" os.raw
# With what it is made of.
patch "$raw" 5000 rot; patch "$(echo store/regions/westus2/premium_lrs/1/blobs/*.blob)" 5000 rot
sig repair --query 'length(repairs)' -o tsv && same "$raw" os.raw && sig audit -o tsv
