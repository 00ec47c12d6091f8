# Disks that others have too, blobs that others need in part: what is left of that is not freed.
definition && disk os.raw 1 2M && head -c 300K os.raw >two.raw && disk tail.raw 2 300K && cat tail.raw >>two.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=2 >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk two.raw --target-regions westus2 northeurope >/dev/null
sig image-version create prod/ubuntu/1.2.0 --os-disk os.raw --target-regions westus2 >/dev/null
store_is() { find store -printf '%p %T@ %s %m\n' | sort; find store -type f | sort | xargs sha256sum; }
freed() { store_is >before; sig image-version delete "prod/ubuntu/$1" --plan --query '[bytesToFree, regions[].[region, bytesToFree]]' -o json | tr -d ' \n'; echo; store_is | cmp - before; }
for version in 1.0.0 1.1.0 1.2.0; do
    freed $version
    sig image-version delete prod/ubuntu/$version
    sig sweep --plan --force --query bytesToFree && sig sweep --force --query '[bytesFreed, rewritten]' -o tsv
done
sig image-version delete prod/ubuntu/1.0.0 --plan -o table
