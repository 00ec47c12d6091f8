# Of one version exactly; of several what they share is counted once.
definition && disk os.raw 1 1M && cp os.raw two.raw && patch two.raw 5000 changed
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk two.raw --target-regions westus2 westeurope northeurope >/dev/null
sig replicate --plan --query '[bytesToCopy, fits]' -o tsv
rm -r store/regions/westeurope store/regions/northeurope
store_is() { find store -printf '%p %T@ %s %m\n' | sort; find store -type f | sort | xargs sha256sum; }
store_is >before
sig replicate prod/ubuntu/1.1.0 --region northeurope --plan --query 'regions[].[region, bytesToCopy]' -o tsv
sig replicate --plan --query 'regions[].[region, bytesToCopy]' -o tsv
sig replicate prod/ubuntu/9.0.0 --plan
store_is | cmp - before && sig replicate --query '[].replicationStatus.summary[].[region, copiedBytes]' -o tsv
