# Files of ext4 in a partition, of one made anew and of one that was changed in place.
need_command mkfs.ext4
need_command debugfs
need_command sfdisk
definition
mkdir -p tree/etc tree/bin tree/gone/deep
echo one >tree/etc/hosts
echo same >tree/etc/same
echo mode >tree/etc/mode
echo type >tree/etc/type
head -c 300000 /dev/zero | tr '\0' x >tree/bin/big
truncate -s 100M tree/bin/sparse
ln -s hosts tree/etc/link
echo x >tree/gone/deep/file
# Bytes that are no UTF-8, a newline.
echo x >"$(printf 'tree/etc/name\377')"
echo x >"$(printf 'tree/etc/new\nline')"
dated() {
    find tree -exec touch -h -d @1000000000 {} +
}
# image NAME [OPTION...]: a disk with a partition that holds the tree.
image() {
    truncate -s 80M "$1"
    printf 'label: gpt\nlabel-id: 00000000-0000-0000-0000-000000000001\nsize=1M,type=uefi\ntype=linux\n' | sfdisk -q "$1"
    name=$1
    shift
    rm -f part
    mkfs.ext4 -q -d tree "$@" part 64M >/dev/null 2>&1 && dd if=part of="$name" bs=1M seek=2 conv=notrunc,sparse status=none
}
dated
image a.raw -b 4096
echo two >tree/etc/hosts
rm -r tree/gone
mkdir tree/new
echo y >tree/new/file
ln -sf same tree/etc/link
chmod 600 tree/etc/mode
rm tree/etc/type
mkdir tree/etc/type
printf y | dd of=tree/bin/big bs=1 seek=100000 conv=notrunc status=none
printf y | dd of=tree/bin/sparse bs=1 seek=50000000 conv=notrunc status=none
dated
image b.raw -b 4096
image c.raw -b 1024 -O ^extents,^64bit,^has_journal
image d.raw -b 4096 -O inline_data -I 512
printf '%0120d' 1 >tree/etc/same
dated
image e.raw -b 4096 -O inline_data -I 512
printf '%0120d' 2 >tree/etc/same
dated
image f.raw -b 4096 -O inline_data -I 512
sig image-version create prod/ubuntu/1.0.0 --os-disk a.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk b.raw >/dev/null
sig image-version create prod/ubuntu/1.2.0 --os-disk c.raw >/dev/null
sig image-version create prod/ubuntu/1.3.0 --os-disk d.raw >/dev/null
sig image-version create prod/ubuntu/1.4.0 --os-disk e.raw >/dev/null
sig image-version create prod/ubuntu/1.5.0 --os-disk f.raw >/dev/null
files() {
    sig image-version diff "$@" --query 'disks[].fileSystems[]'
}
files prod/ubuntu/1.0.0 1.1.0 --files 100
echo "--- as many as are asked for"
files prod/ubuntu/1.0.0 1.1.0 --files 1
files prod/ubuntu/1.0.0 1.1.0 --files 0
echo "--- as a table"
sig image-version diff prod/ubuntu/1.0.0 1.1.0 --files 100 -o table | sed -n '/partition 2/,$p'
echo "--- the same files, laid out otherwise"
files prod/ubuntu/1.1.0 1.2.0 --files 100
echo "--- other files, with blocks that are not those of the store"
files prod/ubuntu/1.2.0 1.0.0 --files 0
echo "--- small files, in their inodes"
files prod/ubuntu/1.3.0 1.4.0 --files 10
files prod/ubuntu/1.4.0 1.5.0 --files 10
echo "--- changed in place"
cp part old
debugfs -w -R 'rm /etc/same' part 2>/dev/null
debugfs -w -R 'set_inode_field /etc/mode uid 7' part 2>/dev/null
debugfs -w -R 'set_inode_field /etc/hosts mtime @1000000001' part 2>/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk old >/dev/null
sig image-version create prod/ubuntu/2.1.0 --os-disk part >/dev/null
sig image-version diff prod/ubuntu/2.0.0 2.1.0 --files 100 -o table | sed -n '/ext4/,$p'
echo "--- not asked for, none on one side, nothing changed"
files prod/ubuntu/1.0.0 1.1.0
disk bare.raw 1 80M
sig image-version create prod/ubuntu/3.0.0 --os-disk bare.raw >/dev/null
files prod/ubuntu/1.0.0 3.0.0 --files 1
files prod/ubuntu/1.0.0 1.0.0 --files 1
