# Its disk is not mounted, it has lost its replica.json, or it is a link: each is told as what it is, by whoever comes there.
definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
cp -a store whole
tried() {
    echo "--- $1"; echo "--- $1" >&2
    sig audit | grep -e level -e text -e hint
    sig sweep >/dev/null; echo "sweep $?"
    sig image-version export prod/ubuntu/1.0.0 - --region westeurope | same - os.raw
    sig replicate >/dev/null; echo "replicate $?"
    find store/replicas store/regions/westeurope* | sort >there
    rm -r store && cp -a whole store
    find store/replicas store/regions/westeurope* | sort | comm -13 - there
}
replica=store/regions/westeurope/standard_lrs/1
rm -r $replica/* && tried 'a replica directory is not mounted'
rm -r store/regions/westeurope/* && tried 'a region is not mounted'
rm $replica/replica.json && tried 'no replica.json'
mv store/regions/westeurope away && ln -s ../../away store/regions/westeurope && tried 'a region is a link' && rm -r away
mv $replica away && ln -s ../../../../away $replica && tried 'a replica directory is a link'
# No version wants it.
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 --allow-replicated-location-deletion true >/dev/null
rm -r store/regions/westeurope/* && sig audit | grep -e level -e text -e hint -e sound; sig sweep >/dev/null; echo "sweep $?"
