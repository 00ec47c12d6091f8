# A pipe cannot be read twice: it was compared, and what the home region lost comes from another one.
definition
disk one.raw 1 512K
cat one.raw | sig image-version create prod/ubuntu/1.0.0 --os-disk - --target-regions westus2 westeurope >/dev/null
rm -r store/regions/westus2/standard_lrs/1
cat one.raw | sig image-version create prod/ubuntu/1.0.0 --os-disk - >/dev/null
rm -r store/regions/westeurope
sig image-version export prod/ubuntu/1.0.0 - | same - one.raw && echo exact
