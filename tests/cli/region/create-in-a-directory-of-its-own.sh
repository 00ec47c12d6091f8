# Its directory is made when the parent is there, links on the way to it are followed once, and any spelling means it.
mkdir disk
ln -s disk link
definition
disk os.raw 1 100K
sig region create rack --path link/rack --display-name 'Rack 7' --capacity 500G \
    --query '{name: name, displayName: displayName, cloud: cloud, capacity: capacity, used: used, state: state}'
sig region show rack --query path -o tsv | sed "s|^$PWD/||"
sed 's/"storeId": ".*"/"storeId": "..."/; /checksum/d' disk/rack/region.json
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 'RACK 7=2' >/dev/null
targets prod/ubuntu/1.0.0 | grep '"name"'
find disk -name replica.json | sort
sig image-version export prod/ubuntu/1.0.0 - --region 'rack 7' | same - os.raw
sig image-version latest prod/ubuntu --region Rack7 --query name -o tsv
sig image-version wait prod/ubuntu/1.0.0 --replicated --region rack
sig gallery create stage --location 'Rack 7' --query location -o tsv
sig replicate --region 'rack 7' --verify --query '[].name' -o tsv
sig audit --query sound
sig region show rack --query 'used > `0`'
