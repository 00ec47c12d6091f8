definition
disk os.raw 1 100K
sig region create rack --path rack -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack \
    --allow-replicated-location-deletion true >/dev/null
sig gallery create stage --location rack >/dev/null
sig region delete rack
sig gallery delete stage
sig image-version update prod/ubuntu/1.0.0 --remove-regions rack >/dev/null
sig region delete rack
sig sweep -o none
sig region delete Rack
echo $?
sig region delete rack
echo $?
find rack store/replicas store/regions -path '*rack*'
sig region show rack
sig audit --query sound
