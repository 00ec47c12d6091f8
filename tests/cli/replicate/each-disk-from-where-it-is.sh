# No replica has both disks, but each has one.
definition && disk os.raw 1 300K && disk data.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw --target-regions westus2 westeurope >/dev/null
map() { echo "store/regions/$1/standard_lrs/1/disks/$(sig image-version show prod/ubuntu/1.0.0 | grep diskDigest | sed -n "$2"'s/.*"diskDigest": "\(.*\)".*/\1/p').disk"; }
rm "$(map westus2 1)" "$(map westeurope 2)"
sig audit | grep hint; sig replicate -o table && sig audit -o tsv
sig image-version export prod/ubuntu/1.0.0 - --region westeurope | same - os.raw && echo exact
