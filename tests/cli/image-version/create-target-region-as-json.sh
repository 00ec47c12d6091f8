definition
disk one.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk one.raw --target-regions westus2 \
    '{"name": "West Europe", "regionalReplicaCount": 2, "excludeFromLatest": true}' >/dev/null
targets prod/ubuntu/1.1.0
sig image-version show prod/ubuntu/latest | grep '"name": "1'
sig image-version show prod/ubuntu/latest --region westeurope | grep '"name": "1'
sig image-version create prod/ubuntu/1.2.0 --os-disk one.raw --target-regions '{"name": "westus2", "replicas": 2}'
sig image-version create prod/ubuntu/1.2.0 --os-disk one.raw --target-regions '{"regionalReplicaCount": 2}'
sig image-version create prod/ubuntu/1.2.0 --os-disk one.raw --target-regions '{"name": "westus2"'
