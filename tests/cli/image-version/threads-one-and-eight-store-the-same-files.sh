# Two disks, a version that changes some of them, and one that is known already: blobs, maps and indexes are the same whatever
# the number of threads, with each compression.
disk os.raw 1 90M
disk data.raw 2 20M
cp os.raw later.raw
patch later.raw 30000000 changed
patch later.raw 70000001 changed
for compression in zstd zlib none; do
    for threads in 1 8; do
        export SIG_STORE="$PWD/store-$threads-$compression" SIG_THREADS=$threads
        sig gallery create prod --location westus2 --compression $compression >/dev/null
        sig image-definition create prod/ubuntu --publisher Contoso --offer Server --sku ubuntu --os-type Linux >/dev/null
        sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw >/dev/null
        sig image-version create prod/ubuntu/1.1.0 --os-disk later.raw --data-disk 7=os.raw >/dev/null
        sig image-version create prod/ubuntu/1.2.0 --os-disk os.raw --threads $threads >/dev/null
    done
    diff -r -x activity store-1-$compression store-8-$compression && echo "$compression: the same files"
    find store-8-$compression/regions -type f | grep -c -e blobs/ -e disks/ -e index
done
