# Blocks rewritten, new and freed, and more of the disk; nothing else counts.
definition
truncate -s 80M os.raw
patch os.raw 0 boot
patch os.raw 8192 one
patch os.raw 12288 two
patch os.raw 67108860 across
cp os.raw new.raw
patch new.raw 8200 ONE
head -c 4096 /dev/zero | dd of=new.raw bs=4096 seek=3 conv=notrunc status=none
patch new.raw 16384 three
patch new.raw 40960 four
truncate -s 100M new.raw
patch new.raw 104857599 x
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk new.raw --target-regions westus2 >/dev/null
sig image-version diff prod/ubuntu/1.0.0 1.1.0
echo "--- as a table, and the other way round"
sig image-version diff prod/ubuntu/1.0.0 prod/ubuntu/1.1.0 -o table
sig image-version diff prod/ubuntu/1.1.0 1.0.0 -o table
echo "--- by offset and length"
sig image-version diff prod/ubuntu/1.0.0 1.1.0 --changes 100 --query 'disks[].changes[].[startInBytes, sizeInBytes]' -o tsv
echo "--- as many as are asked for"
sig image-version diff prod/ubuntu/1.0.0 1.1.0 --changes 1 --query 'disks[].[changeCount, changes]'
echo "--- as cmp sees it"
cmp -l -n 83886080 os.raw new.raw | awk '{ print int(($1 - 1) / 4096) * 4096 }' | uniq
