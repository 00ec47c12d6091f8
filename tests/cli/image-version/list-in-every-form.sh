definition
sig image-version list prod/ubuntu
sig image-version list prod/ubuntu -o table
sig image-version list prod/ubuntu -o tsv
disk os.raw 1 1K
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version list prod/ubuntu -o table --expand ReplicationStatus
sig image-version list prod/ubuntu -o tsv
