# What goes beyond it is refused before it is written; with more room the same goes on.
definition
disk os.raw 1 300K
sig region create rack --path rack --capacity 100K -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack -o none
echo $?
find rack -name '*.blob'
sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus --query 'replicationStatus.summary[].[region, state]' -o tsv
sig gallery create stage --location rack --compression none >/dev/null
sig image-definition create stage/ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
sig image-version create stage/ubuntu/1.0.0 --os-disk os.raw -o none
echo $?
find rack -name '*.blob'
sig region update rack --capacity 1M --query capacity
sig replicate -o none
sig audit --query sound
sig region show rack --query 'used < capacity'
