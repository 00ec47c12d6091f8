# Of each definition one version stays that has all its disks somewhere.
definition && disk os.raw 1 300K
for version in 1.0.0 1.1.0 1.2.0; do
    patch os.raw 5000 "$version" && sig image-version create prod/ubuntu/$version --os-disk os.raw --target-regions westus2 westeurope -o none
done
sig image-definition create prod/debian --publisher o --offer p --sku q --os-type Linux -o none
sig image-version create prod/debian/1.0.0 --os-disk os.raw -o none
sig image-definition create prod/none --publisher o --offer p --sku r --os-type Linux -o none
show() {
    echo "-- $*"
    sig prune "$@" --plan --query 'versions[].[name, action, rule]' -o tsv 2>said
    sed 's/[0-9a-f]\{64\}/DIGEST/' said >&2
}
show --free 1T
show --free 1T --allow-empty
show --keep-latest 1
# The highest is kept, and has no disk left anywhere: another one stays as well. One replica is enough.
gone() { rm "store/regions/$2/standard_lrs/1/disks/$(digest "prod/ubuntu/$1").disk"; }
gone 1.2.0 westus2
show prod/ubuntu --keep-latest 1
gone 1.2.0 westeurope
show prod/ubuntu --keep-latest 1
show prod/ubuntu --keep-latest 1 --allow-empty
gone 1.1.0 westus2 && gone 1.1.0 westeurope
show prod/ubuntu --keep-latest 1
SIG_CLOCK=2026-02-01T00:00:00Z show prod/ubuntu --older-than 1d
# None is: what the policy keeps stays, and something in any case.
gone 1.0.0 westus2 && gone 1.0.0 westeurope
show prod/ubuntu --keep-latest 1
show prod/ubuntu --free 1
