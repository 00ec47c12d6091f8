imported qcow2 extended_l2=on
imported qcow2 extended_l2=on,cluster_size=16k
imported qcow2 extended_l2=on,cluster_size=2M
imported qcow2 extended_l2=on,cluster_size=128k,compression_type=zstd -c
imported qcow2 extended_l2=on,preallocation=metadata
