# What make.sh has published, and what the store is asked. Read by that and by tests/prove/golden.sh.
# shellcheck shell=sh

# For each codec disks of its own: what is stored already is not stored again.
set -- 5 17 1 26 7 31
for codec in zstd zlib none; do
    "$BUILD/tests/cli/disk" first.$codec "$1" 12K && "$BUILD/tests/cli/disk" data.$codec "$2" 130K &&
        cat first.$codec data.$codec first.$codec >second.$codec
    shift 2
done

shown() {
    sig gallery list
    for codec in zstd zlib none; do
        sig image-definition list "gallery.$codec"
        sig image-version list "gallery.$codec/ubuntu"
        sig image-version show "gallery.$codec/ubuntu/1.0.0" --expand ReplicationStatus
    done
}
