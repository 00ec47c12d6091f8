for how in metadata falloc full off; do
    imported qcow2 preallocation=$how || exit
done
imported qcow2 preallocation=metadata,cluster_size=512
imported qcow2 preallocation=full,cluster_size=2M
