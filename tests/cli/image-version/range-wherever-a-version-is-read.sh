definition
disk os.raw 1 64K
disk other.raw 2 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk other.raw --target-regions westus2 westeurope >/dev/null
sig image-version export prod/ubuntu/1.x back.raw --region westeurope
same os.raw back.raw
sig replicate 'prod/ubuntu/~>1.0' --query '[].name' -o tsv
sig audit prod/ubuntu/1.x --query imageVersions
