# The opt-out of the security type, and the safety switch in both of its positions.
. "$ROOT/examples/az-shim"
disk os.raw 1 2M
az sig create -g rg -r gallery1 -l eastus -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s \
    --features SecurityType=Standard --hyper-v-generation V1 --query features
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --managed-image os.raw \
    --allow-replicated-location-deletion True --query safetyProfile.allowDeletionOfReplicatedLocations
az sig image-version update -g rg -r gallery1 -i image1 -e 1.0.0 --allow-replicated-location-deletion False \
    --query safetyProfile.allowDeletionOfReplicatedLocations
