definition && disk os.raw 1 300K && disk data.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 3=data.raw --target-regions westus2 westeurope >/dev/null
for blob in store/regions/*/standard_lrs/1/blobs/*.blob; do patch "$blob" 20000 rot; patch "$blob" 200000 rot; done
rm store/regions/westeurope/standard_lrs/1/index.1 && echo rot >store/regions/westeurope/standard_lrs/1/index.1
# What cannot be repaired is named; the rest is repaired.
sig repair; echo $?
sig repair --plan -o table
# Another disk does not help, nor does the right one for another disk.
sig repair prod/ubuntu/1.0.0 --from data.raw >/dev/null; echo $?
sig repair prod/ubuntu/1.0.0 --from os.raw >/dev/null; echo $?
# An older state of the disk is good for what has not changed.
cp data.raw older.raw && patch older.raw 0 other
need_command qemu-img
qemu-img convert -f raw -O qcow2 older.raw older.qcow2
sig repair prod/ubuntu/1.0.0 --data-disk 3 --from older.qcow2 -o tsv; echo $?
sig audit -o tsv
for region in westus2 westeurope; do
    sig image-version export prod/ubuntu/1.0.0 - --region $region | same - os.raw
    sig image-version export prod/ubuntu/1.0.0 - --region $region --data-disk 3 | same - data.raw
done
# What it may not be.
sig repair prod/ubuntu --from os.raw
sig repair prod/ubuntu/1.0.0 --from os.raw --data-disk 4
gzip -c os.raw >os.raw.gz && sig repair prod/ubuntu/1.0.0 --from os.raw.gz
