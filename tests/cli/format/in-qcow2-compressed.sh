for size in 512 4k 64k 2M; do
    imported qcow2 compression_type=zlib,cluster_size=$size -c || exit
    imported qcow2 compression_type=zstd,cluster_size=$size -c || exit
done
imported qcow2 compat=0.10 -c
# Clusters get their places in the order in which they are ready.
imported qcow2 compression_type=zstd -c -W -m 8
