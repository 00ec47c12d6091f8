# A copy that was reported done and is gone stays an error until it is done again, whatever fails meanwhile.
definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=2 >/dev/null
lost=store/regions/westeurope/standard_lrs/2
rm -r $lost/*
tried() {
    sig audit -o table >/dev/null 2>&1; echo "audit $?"
    sig "$@" >/dev/null 2>&1; echo "$1 $?"
    sig audit >/dev/null 2>&1; echo "audit $?"
}
tried replicate
replication prod/ubuntu/1.0.0 | grep -e state -e Count
tried replicate
# As it was before the count was kept.
rmdir $lost && sig replicate >/dev/null && rm -r $lost/*
sed -i -e /checksum/d -e /completedCount/d store/galleries/prod/images/ubuntu/versions/1.0.0/replication/westeurope.json
tried replicate
# What is wanted no more is promised no more, and not when it is wanted again.
tried image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope --allow-replicated-location-deletion true
tried image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope=2
rmdir $lost && sig replicate >/dev/null && sig audit >/dev/null && echo sound
