definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.2.0 --os-disk os.raw --target-regions westus2 westeurope --exclude-from-latest true >/dev/null
cd store/galleries/prod/images/ubuntu/versions || exit
sed -i -e /checksum/d -e 's/"name": "westeurope",/& "excludeFromLatest": true,/' 1.1.0/version.json
sed -i -e /checksum/d -e 's/"name": "westeurope",/& "excludeFromLatest": false,/' 1.2.0/version.json
sig image-version show prod/ubuntu/latest -o table
sig image-version show prod/ubuntu/latest --region westeurope -o table
