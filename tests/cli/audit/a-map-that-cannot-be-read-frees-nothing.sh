# A sweep refuses such a replica, since any blob may be one that the map names; the other replica it sweeps.
definition
disk one.raw 1 300K
disk two.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2=2 >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk two.raw --target-regions westus2=2 >/dev/null
sig image-version delete prod/ubuntu/2.0.0
digest=$(digest prod/ubuntu/1.0.0)
say() {
    sig audit 2>/dev/null | grep -e text -e bytesUnused
    sig sweep --plan 2>&1 | grep -e bytes -e sig:
}
say
patch "store/regions/westus2/standard_lrs/1/disks/${digest#*:}.disk" 40 rot
say
rm "store/regions/westus2/standard_lrs/1/disks/${digest#*:}.disk"
say
# Also a blob that is damaged may be one of them.
for blob in store/regions/westus2/standard_lrs/1/blobs/*.blob; do
    patch "$blob" 5000 rot
done
sig audit -o table
echo "status $?"
