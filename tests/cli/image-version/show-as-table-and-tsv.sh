definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 westeurope >/dev/null
sig image-version show prod/ubuntu/1.0.0 -o table --expand ReplicationStatus
sig image-version show prod/ubuntu/1.0.0 -o tsv
