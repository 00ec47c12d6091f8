definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 westeurope=1 \
    --query "publishingProfile.targetRegions[].{Region: name, Copies: regionalReplicaCount}" -o table
sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus \
    --query "replicationStatus.summary[].[region, state]" -o tsv
sig image-version list prod/ubuntu --query "[?publishingProfile.publishedDate > '2026-01-01'].name | [-1]" -o tsv
