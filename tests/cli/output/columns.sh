disk os.raw 1 2M && disk data.raw 2 1M && definition
for version in 1.9.0 1.10.0; do
    SIG_CLOCK=2026-01-01T00:00:00Z sig image-version create prod/ubuntu/$version --os-disk os.raw --data-disk 0=data.raw \
        --target-regions westus2 northeurope=2 -o none
done
echo "short names:" && sig image-version list prod/ubuntu -c name,version,regions,size,age,state,replication
echo "keys, paths and titles, in any case:"
sig image-version list prod/ubuntu --columns VERSION,publisheddate,publishingProfile.excludeFromLatest,storageProfile.osDiskImage.sizeInBytes
echo "glued to the letter:" && sig image-version show prod/ubuntu/latest -cname,tags -o table
echo "of a definition:" && sig image-definition list prod -c definition,os,generation,state,sku
echo "of a gallery:" && sig gallery list -c gallery,compression
echo "below the chosen ones of an audit its findings:" && rm -r store/regions/northeurope && sig audit -c sound,versions
