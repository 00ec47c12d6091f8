definition && disk os.raw 1 300K && disk data.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw --target-regions westus2=2 westeurope >/dev/null
# One copy is damaged: another one replaces it.
blob() { echo store/regions/"$1"/standard_lrs/"$2"/blobs/*.blob; }
patch "$(blob westus2 2)" 5000 rot
sig audit -o table; echo $?
sig replicate >/dev/null; sig audit -o tsv 2>/dev/null; echo $?
sig replicate --verify >/dev/null && sig audit -o tsv; echo $?
# All are, each at another place: the disk at hand replaces that of the home region, which replaces the others.
patch "$(blob westus2 1)" 5000 rot
patch "$(blob westus2 2)" 90000 rot
patch "$(blob westeurope 1)" 200000 rot
sig audit >audit.json; echo $?; grep hint audit.json | sort -u
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw >/dev/null
sig audit >audit.json; echo $?; grep -e '"hint"' -e '"path"' audit.json
sig replicate --verify >/dev/null && sig audit -o tsv && sig image-version export prod/ubuntu/1.0.0 - --region westeurope | same - os.raw
