# Which version latest is: by number and not by text, and not one that is excluded.
. "$ROOT/examples/az-shim"
disk os.raw 1 1M
az sig create -g rg -r gallery1 -l westus -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s -o none
latest() {
    az sig image-version show -g rg -r gallery1 -i image1 -e latest --query name -o tsv
}
for version in 1.0.9 1.0.12 1.0.2; do
    az sig image-version create -g rg -r gallery1 -i image1 -e $version --managed-image os.raw -o none
done
latest
az sig image-version create -g rg -r gallery1 -i image1 -e 2.0.0 --managed-image os.raw --exclude-from-latest true \
    --query publishingProfile.excludeFromLatest
latest
az sig image-version update -g rg -r gallery1 -i image1 -e 2.0.0 --set publishingProfile.excludeFromLatest=false -o none
latest
az sig image-version list -g rg -r gallery1 -i image1 --query '[].name' -o tsv
az sig image-version show -g rg -r gallery1 -i image1 -e 1.0.9 --expand ReplicationStatus \
    --query 'replicationStatus.[aggregatedState, summary[].[region, state, progress]]'
