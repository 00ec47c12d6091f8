for size in 1M 2M 4M 32M 128M 256M; do
    imported vhdx subformat=dynamic,block_size=$size || exit
done
