definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw >/dev/null
id=$(sig image-version show prod/ubuntu/1.0.0 --query id -o tsv)
sig image-version export --ids "$id" back.raw && cmp os.raw back.raw
sig image-version export --ids "$id" "${id%1.0.0}1.1.0" other.raw
sig image-version update --ids "$id" "${id%1.0.0}1.1.0" --add-regions eastus --query '[].publishingProfile.targetRegions[].name'
sig image-version wait --created --ids "$id" "${id%1.0.0}1.1.0"
sig image-version list prod/ubuntu | sig image-version delete --no-wait --ids -
sig image-version list prod/ubuntu
