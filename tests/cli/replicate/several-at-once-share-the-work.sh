definition
for disk in 1 2 3 4; do
    disk $disk.raw $disk 1M
    sig image-version create prod/ubuntu/$disk.0.0 --os-disk $disk.raw --target-regions westus2 westeurope=2 northeurope >/dev/null
done
for count in 2 8; do
    rm -r store/regions/westeurope store/regions/northeurope store/replicas/westeurope* store/replicas/northeurope*
    rm store/galleries/prod/images/ubuntu/versions/*/replication/[!w]*.json store/galleries/prod/images/ubuntu/versions/*/replication/westeurope.json
    for n in $(seq $count); do
        (sig replicate --verbose >/dev/null 2>said.$n || echo "status $?") &
    done
    wait
    # What was written is what is there: nobody copied what another one did.
    sed -n 's/.*: copied \([0-9]*\) bytes to replica.*/\1/p' said.* | awk '{ sum += $1 } END { print sum }' >copied
    there=$(cat store/regions/westeurope/*/*/blobs/*.blob store/regions/northeurope/*/*/blobs/*.blob | wc -c)
    [ "$(cat copied)" = "$there" ] || { echo "copied $(cat copied) for $there"; cat said.*; }
    rm said.*
    sig audit | grep sound
done
