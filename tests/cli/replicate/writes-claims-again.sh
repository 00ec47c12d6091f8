# The records that replica directories were claimed, which tell an unmounted one from a new one.
definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
(cd store && find replicas -type f -exec cksum {} + | sort) >before
rm -r store/replicas
sig audit | grep -e level -e text -e hint -e path -e sound
sig replicate -o table && (cd store && find replicas -type f -exec cksum {} + | sort) | same - before && sig audit | grep sound
# As a publish does that comes first.
rm -r store/replicas && sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2 >/dev/null
ls store/replicas && rm -r store/regions/westus2/standard_lrs/1/*
sig image-version create prod/ubuntu/1.2.0 --os-disk os.raw
