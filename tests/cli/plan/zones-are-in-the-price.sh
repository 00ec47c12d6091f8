# Of zone-redundant storage a GiB is paid for once, though each zone has it.
definition && disk os.raw 1 3M
echo '{"currency": "EUR", "asOf": "today", "storage": [{"storageAccountType": "Standard_LRS", "perGiBMonth": 512}, {"storageAccountType": "Standard_ZRS", "perGiBMonth": 512}]}' >store/prices.json
for type in Standard_LRS Standard_ZRS; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions "westus2=1=$type" --plan \
        --query 'regions[].[replicas, bytesToCopy, storageCostPerMonth]' -o tsv
done
