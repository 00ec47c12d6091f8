# The number is in what is said, so that a job can go on with it.
definition
disk os.raw 1 1K
mkdir -p store/regions
: >store/regions/westeurope
sig image-version create prod/ubuntu/next --os-disk os.raw --target-regions westus2 westeurope --query name -o tsv
echo $?
rm store/regions/westeurope
sig replicate prod/ubuntu/latest --query "[].name" -o tsv
