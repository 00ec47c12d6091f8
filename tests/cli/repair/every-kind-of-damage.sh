definition && disk os.raw 1 300K && disk data.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw --target-regions westus2=2 westeurope >/dev/null
mv store sound
version=store/galleries/prod/images/ubuntu/versions/1.0.0
one=store/regions/westus2/standard_lrs/1
# What was done, whether an audit sees an error, what repair says of it and its status, what an audit says then.
damaged() {
    blob=$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)
    map=$(ls store/regions/westus2/standard_lrs/1/disks/*.disk | head -n 1)
    eval "$1"
    sig audit >/dev/null 2>&1; audit=$?
    sig image-version export prod/ubuntu/1.0.0 - 2>/dev/null | same - os.raw
    sig repair --query 'length(repairs)' -o tsv >repair.txt 2>/dev/null; repair=$?
    sig audit >/dev/null 2>&1; after=$?
    same "sound/${blob#store/}" "$blob" && sig image-version export prod/ubuntu/1.0.0 - 2>&1 | same - os.raw
    echo "$1: audit $audit, $(cat repair.txt) repairs, status $repair, audit $after"
}
while read -r how; do
    rm -rf store && cp -r --preserve=timestamps sound store && damaged "$how"
done <<'END'
patch $blob 5000 rot
patch $blob 40 rot
truncate -s 100000 $blob
: >$blob
dd if=/dev/zero of=$blob bs=4096 seek=2 count=1 conv=notrunc status=none
rm $blob
rm $blob && mkdir $blob
cp $map $blob
cp $one/replica.json $map
patch $map 100 rot
truncate -s 100 $map
rm $map
rm $map && mkdir $map
rm $map $blob
patch $one/index.1 4200 rot
truncate -s 50 $one/index.1
rm $one/index.1 && mkdir $one/index.1
rm -r $one
rm -r store/regions/westus2
rm -r store/regions/westeurope
rm store/replicas/westus2.standard_lrs.1.json
patch $version/replication/westus2.json 60 rot
rm $version/replication/westus2.json
rm -r $version/replication
END
