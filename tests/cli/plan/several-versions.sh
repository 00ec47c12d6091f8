# Each row says which version it is of; and of 'next' which number that would be, as it stands.
definition && disk os.raw 1 1M
for version in 1.0.0 1.1.0; do
    sig image-version create prod/ubuntu/$version --os-disk os.raw --target-regions westus2 -o none
done
both="$(sig image-version list prod/ubuntu --query '[].id' -o tsv)"
plan() { sig image-version "$@" --plan; }
plan delete --ids $both -o table
plan update --ids $both --add-regions westeurope northeurope --query '[].[imageVersion, bytesToCopy]' -o tsv
plan create prod/ubuntu/next --os-disk os.raw --target-regions westus2 -o table | sed '/^$/,$d'
sig image-version list prod/ubuntu --query '[].name' -o tsv
# Of what is about several at once, or about none, there is no such one.
sig replicate --plan --query '[imageVersion, references]' -o tsv && sig sweep --plan --query imageVersion
