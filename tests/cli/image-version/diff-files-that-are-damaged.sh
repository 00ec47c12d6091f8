# A guest's file system that is not as it should be: what can be is told, and what not; and a replica that is damaged.
need_command mkfs.ext4
need_command debugfs
definition
mkdir -p tree/a tree/b tree/c
echo one >tree/a/one
echo two >tree/b/two
echo three >tree/c/three
find tree -exec touch -h -d @1000000000 {} +
mkfs.ext4 -q -d tree -b 4096 a.raw 32M >/dev/null 2>&1 || exit
publish() {
    sig image-version create "prod/ubuntu/$1" --os-disk "$2" --target-regions westus2 westeurope >/dev/null
}
files() {
    sig image-version diff prod/ubuntu/1.0.0 "$1" --files 10 --query 'disks[].fileSystems[]'
}
publish 1.0.0 a.raw
echo "--- a directory that is none, and one that is in itself"
cp a.raw b.raw
debugfs -w -R 'rm /c/three' b.raw 2>/dev/null
block=$(debugfs -R 'blocks /a' b.raw 2>/dev/null)
head -c 4096 /dev/zero | tr '\0' '\377' | dd of=b.raw bs=4096 seek="${block% }" conv=notrunc status=none
debugfs -w -R 'link /b /b/again' b.raw 2>/dev/null
publish 1.1.0 b.raw
files 1.1.0
echo "--- larger than where it lies"
cp a.raw c.raw
truncate -s 31M c.raw
publish 1.2.0 c.raw
files 1.2.0
echo "--- a feature that nobody knows"
cp a.raw d.raw
printf '\200' | dd of=d.raw bs=1 seek=$((1024 + 99)) conv=notrunc status=none
publish 1.3.0 d.raw
files 1.3.0
echo "--- not unmounted"
cp a.raw e.raw
debugfs -w -R 'rm /c/three' e.raw 2>/dev/null
debugfs -w -R 'feature needs_recovery' e.raw >/dev/null 2>&1
publish 1.4.0 e.raw
files 1.4.0
echo "--- a replica"
for blob in store/regions/westus2/standard_lrs/1/blobs/*.blob; do
    [ "$(stat -c %s "$blob")" -lt 20000 ] || patch "$blob" 5000 damaged
done
files 1.4.0 2>notes
sed 's/blobs\/[0-9a-f]*/blobs\/NAME/; s/frame .* at byte [0-9]*/a frame/' notes | sort -u
