# A target region in each form that the Azure CLI documents, and those that it gets wrong.
. "$ROOT/examples/az-shim"
disk os.raw 1 1M
az sig create -g rg -r gallery1 -l westus -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s -o none
try() {
    version=$1
    shift
    az sig image-version create -g rg -r gallery1 -i image1 -e "$version" --managed-image os.raw --target-regions "$@" \
        --query 'publishingProfile.targetRegions[].join(`=`, [name, to_string(regionalReplicaCount), storageAccountType])' -o tsv
    echo "status $?"
}
try 1.0.0 westus
try 1.0.1 "West US" EastUS2=2
try 1.0.2 westus=standard_lrs
try 1.0.3 westus=1=Standard_LRS eastus=2=STANDARD_LRS
try 1.0.4 westus=
try 1.0.4 westus=0
try 1.0.4 westus=many
try 1.0.4 westus=1=slow_lrs
try 1.0.4 westus westus
try 1.0.4 eastus
try 1.0.4 westu
