# A disk that will not come back is given up on purpose alone.
definition
disk os.raw 1 100K
sig region create rack --path rack -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack \
    --allow-replicated-location-deletion true >/dev/null
rm -r rack
sig image-version update prod/ubuntu/1.0.0 --remove-regions rack -o none
sig region delete rack 2>&1 | sed "s|$PWD/||"
sig region delete rack --force 2>&1 | sed "s|$PWD/||"
ls store/regions store/replicas
sig audit --query sound
