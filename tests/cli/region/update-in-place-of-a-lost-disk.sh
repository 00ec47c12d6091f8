# An empty disk in place of a dead one, in the same place or another: its copies are made anew.
definition
disk os.raw 1 100K
sig region create rack --path rack -o none
sig region create hall --zones z1 z2 z3 -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack hall=1=Standard_ZRS >/dev/null
sig region update rack --path other --force 2>&1 | sed "s|$PWD/||"
rm -r rack z3
mkdir rack full
touch full/mine
sig replicate >/dev/null 2>&1 || echo "as it was: $?"
sig region update rack --path full --force 2>&1 | sed "s|$PWD/||"
sig region update rack --force -o none
sig region update hall --zones z1 z2 new --force -o none
sig replicate --query '[].replicationStatus.aggregatedState'
rm -r z1 z2
sig image-version export prod/ubuntu/1.0.0 - --region hall 2>/dev/null | same - os.raw
sig image-version export prod/ubuntu/1.0.0 - --region rack | same - os.raw
