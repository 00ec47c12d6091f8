definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sed -i -e /checksum/d -e 's/"storeId": "[0-9a-f]*/"storeId": "00000000/' store/regions/westus2/standard_lrs/1/replica.json
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw
echo $?
sig image-version list prod/ubuntu -o table
