definition && disk os.raw 1 300K && disk data.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw --target-regions westus2=2 westeurope >/dev/null
# No replica is sound, and copying from any single one would be copying damage.
blob() { echo store/regions/"$1"/standard_lrs/"$2"/blobs/*.blob; }
patch "$(blob westus2 1)" 5000 rot
patch "$(blob westus2 2)" 90000 rot
patch "$(blob westeurope 1)" 200000 rot
sig repair
sig audit -o table
sig image-version export prod/ubuntu/1.0.0 - --region westeurope | same - os.raw
sig repair -o tsv
