# The limit holds where a count grows; one that is above it already may shrink, or stay.
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=3 westeurope=2 >/dev/null
sig store update --limit GalleryImageVersionReplica=4 -o none
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2=3 westeurope=2
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2=3 westeurope=1 --query name
sig image-version update prod/ubuntu/1.1.0 --add-regions northeurope
sig image-version update prod/ubuntu/1.1.0 --replica-count 2 --target-regions westus2 westeurope northeurope
sig image-version update prod/ubuntu/1.0.0 --set tags.a=b --query tags
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2=4 westeurope=1 --query name
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2=4 westeurope=2
sig usage --location westus2 --query '[?currentValue>limit].name.value'
