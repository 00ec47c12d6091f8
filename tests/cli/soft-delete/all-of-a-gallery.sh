# With both words all of it goes, and nothing of its neighbours.
exec 2>&1
keeping
sig gallery create product --soft-delete -o none
sig image-definition create product/ubuntu --publisher a --offer b --sku c --os-type Linux -o none
for version in product/ubuntu/1.0.0 prod/ubuntu/2.0.0; do
    sig image-version create $version --os-disk os.raw -o none && sig image-version delete $version
done
sig gallery delete prod --recursive --bypass-soft-delete --plan --query bytesToFree
sig gallery delete prod --recursive --bypass-soft-delete
ls -A store/trash store/galleries
sig audit --query sound
