# Edge zones: given, replaced, left alone, cleared.
. "$ROOT/examples/az-shim"
disk os.raw 1 2M
zones='publishingProfile.targetExtendedLocations[].[name, extendedLocation.name, extendedLocation.type, extendedLocationReplicaCount, storageAccountType]'
az sig create -g rg -r gallery1 -l southcentralus -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type windows -p p -f o -s s -o none
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --os-snapshot os.raw \
    --target-edge-zones southcentralus=zone1=1 --query "$zones"
az sig image-version update -g rg -r gallery1 -i image1 -e 1.0.0 \
    --target-edge-zones southcentralus=zone1=1=standardssd_lrs westus=zone2=1=premium_lrs --query "$zones"
az sig image-version update -g rg -r gallery1 -i image1 -e 1.0.0 --query "length($zones)"
az sig image-version update -g rg -r gallery1 -i image1 -e 1.0.0 --target-edge-zones None \
    --allow-replicated-location-deletion true --query publishingProfile.targetExtendedLocations
az sig image-version update -g rg -r gallery1 -i image1 -e 1.0.0 --target-edge-zones southcentralus
