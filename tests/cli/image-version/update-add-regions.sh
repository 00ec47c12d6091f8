definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --replica-count 2 >/dev/null
show="--query publishingProfile.targetRegions[].[name,regionalReplicaCount] -o tsv"
sig image-version update prod/ubuntu/1.0.0 --add-regions 'West US 3=3' northeurope $show
sig image-version update prod/ubuntu/1.0.0 --add-regions northeurope westus3=1 $show
sig image-version export prod/ubuntu/1.0.0 back.raw --region westus3 && cmp os.raw back.raw
