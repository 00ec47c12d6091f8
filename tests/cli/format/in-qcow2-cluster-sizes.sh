for size in 512 4k 64k 2M; do
    imported qcow2 cluster_size=$size || exit
done
imported qcow2 compat=0.10,cluster_size=512
imported qcow2 '' -S 0
imported qcow2 cluster_size=512 -S 0
