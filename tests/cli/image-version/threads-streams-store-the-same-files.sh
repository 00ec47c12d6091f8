# A disk that comes through a pipe, or unpacked, gives the same files as the disk itself, with one thread and with eight; its size
# is known at the end.
need_command gzip
disk os.raw 1 20971520
printf 'off the grid' >>os.raw
gzip -k os.raw
for threads in 1 8; do
    for way in file pipe packed; do
        export SIG_STORE="$PWD/store-$threads-$way" SIG_THREADS=$threads
        definition
        case $way in
        file) sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null ;;
        pipe) cat os.raw | sig image-version create prod/ubuntu/1.0.0 --os-disk - >/dev/null ;;
        packed) sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw.gz >/dev/null ;;
        esac
        sig image-version show prod/ubuntu/1.0.0 | grep sizeInBytes
        diff -r store-1-file/regions "$SIG_STORE/regions"
    done
done
cat os.raw | sig image-version create prod/ubuntu/1.0.0 --os-disk - --progress json 2>&1 >/dev/null | tail -n 2
