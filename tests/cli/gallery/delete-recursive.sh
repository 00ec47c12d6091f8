# A gallery or an image definition goes with all that is in it, at once, or not at all; what that frees is told before.
definition && disk os.raw 1 300K && disk other.raw 2 200K && definition prod/debian && definition web/ubuntu
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 northeurope -o none
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --data-disk 0=other.raw --target-regions westus2 northeurope -o none
sig image-version create prod/debian/1.0.0 --os-disk os.raw -o none
sig image-version create web/ubuntu/1.0.0 --os-disk other.raw -o none
sig gallery delete prod
sig image-definition delete prod/ubuntu
sig gallery delete prod --plan
sig image-definition delete prod/ubuntu --recursive --plan --query '[bytesToFree, regions[].[region, bytesToFree]]'
sig gallery delete prod --recursive --plan --query '[bytesToFree, regions[].[region, bytesToFree]]'
sig gallery delete prod --recursive --plan --query 'regions[].[region, replicas, bytesToFree]' -o tsv
sig gallery delete nowhere --recursive --plan --query references
# What may not go keeps all of it.
sig lock create prod/ubuntu/1.0.0 --name keep --lock-type CanNotDelete -o none
sig gallery delete prod --recursive
sig image-definition delete prod/ubuntu --recursive
sig gallery delete prod --recursive --plan
sig image-definition delete prod/debian --recursive && definition prod/debian
sig lock delete prod/ubuntu/1.0.0 --name keep
sig image-version update prod/ubuntu/2.0.0 --end-of-life-date 2030-01-01 --block-deletion-before-end-of-life true -o none
sig gallery delete prod --recursive
sig image-version update prod/ubuntu/2.0.0 --block-deletion-before-end-of-life false -o none
sig image-version list prod/ubuntu --query '[].name' -o tsv
# What cannot be read may want to stay.
patch store/galleries/prod/images/ubuntu/versions/2.0.0/version.json 40 ZZZ
sig gallery delete prod --recursive
sig image-definition delete prod/ubuntu --recursive --plan
sig image-version delete prod/ubuntu/2.0.0
# What is accepted never comes to be.
accepted image-version create prod/debian/9.0.0 --os-disk os.raw
sig gallery delete PROD --recursive --yes --no-wait && sig gallery delete prod --recursive
sig replicate -o none
ls store/work
sig gallery list --query '[].name' -o tsv
sig sweep --query bytesFreed
sig audit --query sound
sig image-version export web/ubuntu/1.0.0 - | same - other.raw
