# Frames of a blob, then the blob as a file; the same files whatever the number of threads.
definition
disk one.raw 1 24M
head -c 6M one.raw >two.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk two.raw >/dev/null
for threads in 1 8; do
    region=westeurope
    [ $threads = 1 ] || region=northeurope
    for version in 2.0.0 1.0.0; do
        sig image-version update prod/ubuntu/$version --target-regions westus2 $region --threads $threads \
            --allow-replicated-location-deletion >/dev/null
        replication prod/ubuntu/$version | grep Bytes
    done
done
diff -r -x replica.json store/regions/westeurope store/regions/northeurope &&
    ls store/regions/westeurope/standard_lrs/1/*/
