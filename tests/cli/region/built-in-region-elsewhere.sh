# It keeps its names and its cloud, and is what it was when that is over.
definition
disk os.raw 1 100K
sig region create 'West Europe' --path europe --query '[name, displayName, cloud, state]' -o tsv
sig region create local --path here -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope local >/dev/null
find europe here -name '*.blob' | wc -l
ls store/regions/westeurope
sig region create westus2 --path west
echo $?
sig image-version delete prod/ubuntu/1.0.0
sig sweep --force -o none
sig region delete westeurope
sig region show westeurope --query '[path, state]' -o tsv
sig region list --query '[?path].name' -o tsv
