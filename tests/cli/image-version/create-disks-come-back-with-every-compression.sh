for compression in none zlib zstd; do
    sig gallery create $compression --compression $compression >/dev/null
    sig image-definition create $compression/os --publisher P --offer O --sku S --os-type Linux >/dev/null
    disk os.raw 1 500K
    sig image-version create $compression/os/1.0.0 --os-disk os.raw >/dev/null
    sig image-version export $compression/os/1.0.0 - | same - os.raw
done
