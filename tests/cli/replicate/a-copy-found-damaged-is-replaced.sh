# It was never read back, or nobody knows of it any more: the damage is found, and mended from another replica.
definition
disk os.raw 1 100K
disk more.raw 2 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk more.raw --target-regions westus2 westeurope >/dev/null
rm -r store/galleries/prod/images/ubuntu/versions/*/replication/*.json
for region in westeurope westus2; do
    for blob in store/regions/$region/standard_lrs/1/blobs/*.blob; do patch "$blob" 5000 x; done
    sig replicate prod --region $region >/dev/null
    echo $?
    sig image-version export prod/ubuntu/1.0.0 - --region $region | same - os.raw
    sig image-version export prod/ubuntu/2.0.0 - --region $region | same - more.raw
    find store/regions/$region -name '*.blob' | wc -l
done
