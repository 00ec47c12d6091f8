# What is fixed after creation may be said again as it is, as scripts do; another value is a conflict that names the property.
definition prod/a
same='--os-type linux --os-state generalized --hyper-v-generation v2 --architecture x64 --location westus2'
# shellcheck disable=SC2086
sig image-definition update prod/a $same --description 'said again' --query description -o tsv
sig image-definition update prod/a --os-type windows
sig image-definition update prod/a --os-state specialized
sig image-definition update prod/a --hyper-v-generation V1
sig image-definition update prod/a --architecture Arm64
sig image-definition update prod/a --publisher x
sig image-definition update prod/a --offer x
sig image-definition update prod/a --sku x
sig image-definition update prod/a --location westus3
sig image-definition update prod/a --plan-name x
