# The disks of run, built from this machine's files: v1, v2 (v1 changed in place), v3 (built anew), dense. Sourced.
# shellcheck shell=bash disable=SC2154,SC2018,SC2030,SC2031 # lib.sh sets them; numbers are of one loop each

start=1048576 # where the file system begins: behind the partition table

# Which files, of those with plain names: a part of them in equal measure when there are too many.
choose_files() {
    find "$files" -xdev -type f -readable -size -262144k -printf '%s\t%P\n' | grep -v '[^A-Za-z0-9._+@=:,/	-]' |
        sort -t '	' -k 2 >"$dir/all"
    awk -F '\t' -v most=$((mib * 256)) '
        { blocks = int(($1 + 4095) / 4096) }
        NR == FNR { total += blocks; next }
        FNR == 1 { share = total > most ? most / total : 1 }
        { seen += blocks * share }
        taken + blocks / 2 <= seen { taken += blocks; print $2 }' "$dir/all" "$dir/all" >"$dir/files"
    [ -s "$dir/files" ] || die "'$files' holds no files to build disks from"
}

# change FROM TO LETTERS: the same file with other bytes in nearly every block, that shrink as well.
change() {
    tr a-z "$3" <"$1" >"$2"
}

# partition FILE: a sparse disk with one partition.
partition() {
    truncate -s "$disk_size" "$1"
    if command -v sfdisk >/dev/null; then
        printf 'label: gpt\nlabel-id: 5161AAAE-1B5B-4E4C-9F31-2F1F0A9A4E01\nstart=2048, type=linux\n' |
            sfdisk --quiet "$1" >"$dir/out" 2>&1 || die "cannot partition a disk: $(head -n 1 "$dir/out")"
    else
        # A master boot record: Linux, from sector 2048, to the end or 2 TiB.
        printf '\0\0\0\0\203\0\0\0\0\10\0\0\377\377\377\0' | dd of="$1" bs=1 seek=446 conv=notrunc status=none
        printf '\125\252' | dd of="$1" bs=1 seek=510 conv=notrunc status=none
    fi
}

# build FILE UUID TREE
build() {
    partition "$1"
    work mke2fs -q -F -t ext4 -U "$2" -E "offset=$start,hash_seed=$2" -d "$3" "$1" $(((disk_size - 2 * start) / 1024))k \
        >"$dir/out" 2>&1 || die "cannot build a file system: $(tail -n 1 "$dir/out")"
}

stage() {
    mkdir -p "$dir/tree/usr"
    (cd "$files" && xargs -d '\n' cp --parents -t "$dir/tree/usr") <"$dir/files" 2>"$dir/said"
    build "$dir/v1.raw" 5161aaae-1b5b-4e4c-9f31-2f1f0a9a4e01 "$dir/tree"
}

# In place: each tenth file has new content, and some are new.
change_in_place() {
    local n=0 file
    cp --sparse=always "$dir/v1.raw" "$dir/v2.raw"
    mkdir "$dir/changed"
    awk 'NR % 10 == 3' "$dir/files" | while read -r file; do
        n=$((n + 1))
        change "$dir/tree/usr/$file" "$dir/changed/$n" b-za
        printf 'cd /usr/%s\nrm %s\nwrite %s %s\n' "$(dirname "$file")" "${file##*/}" "$dir/changed/$n" "${file##*/}"
    done >"$dir/edits"
    printf 'mkdir /new\ncd /new\n' >>"$dir/edits"
    awk 'NR % 25 == 7' "$dir/files" | while read -r file; do
        n=$((n + 1))
        change "$dir/tree/usr/$file" "$dir/changed/new$n" n-za-m
        printf 'write %s new%s\n' "$dir/changed/new$n" $n
    done >>"$dir/edits"
    work debugfs -w -f "$dir/edits" "$dir/v2.raw?offset=$start" >"$dir/out" 2>&1 || die "cannot change a file system"
    rm -rf "$dir/changed"
}

# Built anew: files that are fewer, more and changed, and in another order, since directories have other names.
build_anew() {
    local n=0 file
    cp -al "$dir/tree" "$dir/tree3"
    awk 'NR % 25 == 11' "$dir/files" | (cd "$dir/tree3/usr" && xargs -d '\n' rm)
    awk 'NR % 40 == 5' "$dir/files" | while read -r file; do
        rm -f "$dir/tree3/usr/$file"
        change "$dir/tree/usr/$file" "$dir/tree3/usr/$file" d-za-c
    done
    mkdir "$dir/tree3/more"
    awk 'NR % 25 == 17' "$dir/files" | while read -r file; do
        n=$((n + 1))
        change "$dir/tree/usr/$file" "$dir/tree3/more/$n" f-za-e
    done
    find "$dir/tree3/usr" -mindepth 1 -depth -type d >"$dir/directories"
    while read -r file; do
        mv "$file" "$file.$(printf %s "${file##*/}" | cksum | cut -c 1-3)"
    done <"$dir/directories"
    build "$dir/v3.raw" 9b0d6c3e-7f52-4d0b-8a55-0c6c1d7b3e02 "$dir/tree3"
    rm -rf "$dir/tree3"
}

fill_densely() {
    (cd "$dir/tree/usr" && xargs -d '\n' cat) <"$dir/files" 2>"$dir/said" | head -c "${dense_mib}M" >"$dir/dense.raw"
}

build_input() {
    say "building disks from $files ..."
    choose_files
    stage
    change_in_place
    build_anew
    fill_densely
    rm -rf "$dir/tree"
    work qemu-img convert -O qcow2 "$dir/v3.raw" "$dir/v3.qcow2" 2>"$dir/said" || note failed "build qcow2" 0 "needs qemu-img"
    for disk in v1 v2 v3 dense; do
        prepare "$dir/$disk.raw"
        note data $disk "$(cat "$dir/warmed")"
    done
}
