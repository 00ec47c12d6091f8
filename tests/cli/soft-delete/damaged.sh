# What lies in the trash is proven like the rest; what cannot be read keeps everything, until it is removed by its name.
keeping --soft-delete-retention-period 1
exec 2>&1
disk other.raw 2 300K
sig image-version create prod/ubuntu/2.0.0 --os-disk other.raw -o none
sig image-version delete prod/ubuntu/2.0.0
findings() {
    sig audit --query 'findings[].[level, path, imageVersions[0], text, hint]' -o tsv
    echo "status $?"
}
cp -a store whole
again() {
    rm -r store && cp -a whole store
}
echo "disks:"
rm store/regions/westus2/standard_lrs/1/disks/*.disk && findings
echo "record:"
again && patch store/trash/prod+ubuntu+2.0.0/deletion.json 40 ZZZ && findings
at 9 sig sweep --query disks
sig image-version list-soft-deleted --query '[].name' -o tsv
sig image-version purge prod/ubuntu/2.0.0 && findings
echo "no record:"
again && rm store/trash/prod+ubuntu+2.0.0/deletion.json && findings
at 9 sig sweep --query disks
sig image-version undelete prod/ubuntu/2.0.0 --query name
echo "manifest:"
again && patch store/trash/prod+ubuntu+2.0.0/version.json 40 ZZZ && findings
sig sweep
sig image-version list-soft-deleted --query '[].name' -o tsv
sig image-version undelete prod/ubuntu/2.0.0
at 9 sig sweep --query disks
echo "strays:"
again && mkdir store/trash/prod+ubuntu+next && touch store/trash/file store/trash/.prod+ubuntu+3.0.0 store/trash/prod+ubuntu+2.0.0/odd
findings
sig sweep --query scratch
echo "state:"
again && rm store/trash/prod+ubuntu+2.0.0/replication/* && findings
sig image-version undelete prod/ubuntu/2.0.0 -o none && sig replicate prod -o none && findings
echo "moved by hand:"
again && mv store/trash/prod+ubuntu+2.0.0 store/trash/prod+ubuntu+3.0.0 && findings
sig image-version undelete prod/ubuntu/3.0.0
