definition && disk os.raw 1 300K && cp os.raw more.raw && patch more.raw 5000 changed
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
# Another version, in another region: its blobs have other names, and most of the same blocks.
sig gallery create other --location westeurope --compression none >/dev/null
sig image-definition create other/more --publisher Contoso --offer Server --sku more --os-type Linux >/dev/null
sig image-version create other/more/1.0.0 --os-disk more.raw >/dev/null
blob=$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)
patch "$blob" 200000 rot
sig repair --query 'repairs' -o json
sig audit -o tsv
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
# Of the frame that holds the block in which they differ, that block alone is lost.
patch "$(ls -t store/regions/westus2/standard_lrs/1/blobs/*.blob | head -n 1)" 40 rot
patch "$(ls store/regions/westus2/standard_lrs/1/blobs/*.blob | head -n 1)" 40 rot
sig repair --query 'losses' -o json
