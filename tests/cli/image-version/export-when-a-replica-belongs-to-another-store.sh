definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sed -i -e /checksum/d -e 's/"storeId": "[0-9a-f]*/"storeId": "00000000/' store/regions/westus2/standard_lrs/1/replica.json
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
