# A machine, a version, an image by name, and what does not go together.
. "$ROOT/examples/az-shim"
disk vm.raw 1 2M
disk image.raw 2 2M
az sig create -g rg -r gallery1 -l westus -o none
az sig image-definition create -g rg -r gallery1 -i special --os-type linux --os-state specialized -p p -f o -s s1 -o none
az sig image-definition create -g rg -r gallery1 -i general --os-type linux -p p -f o -s s2 -o none
az sig image-version create -g rg -r gallery1 -i special -e 1.0.0 --virtual-machine vm.raw \
    --query '[location, name, provisioningState]' -o tsv
az sig image-version show -g rg -r gallery1 -i special -e 1.0.0 --query storageProfile.source.virtualMachineId -o tsv
id=$(az sig image-version show -g rg -r gallery1 -i special -e 1.0.0 --query id -o tsv)
az sig image-version create -g rg -r gallery1 -i special -e 1.0.1 --image-version vm.raw
echo "a file where a version was expected: $?"
az sig image-version create -g rg -r gallery1 -i special -e 1.0.1 --virtual-machine "$id"
echo "a version where a machine was expected: $?"
az sig image-version create -g rg -r gallery1 -i special -e 1.0.1 --virtual-machine vm.raw --image-version "$id"
echo "both: $?"
az sig image-version create -g rg -r gallery1 -i special -e 1.0.1 --image-version "$id" \
    --query '[location, name, provisioningState]' -o tsv
az sig image-version create -g rg -r gallery1 -i general -e 1.0.0 --managed-image image.raw \
    --query provisioningState -o tsv
az sig image-version create -g rg -r gallery1 -i general -e 1.0.1 --image-version "$id"
