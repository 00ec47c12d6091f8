# What costs is not summed up as if that type were free; a type that nothing is stored of needs no price.
definition && disk os.raw 1 1M
echo '{"currency": "EUR", "asOf": "today", "storage": [{"storageAccountType": "Standard_LRS", "perGiBMonth": 512}], "egressPerGiB": 1}' >mine.json
plan() { sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions "$@" --plan --prices mine.json; }
plan westus2 westeurope=2=Premium_LRS eastus=1=Premium_LRS \
    --query '[notes, storageCostPerMonth, occupiedCostPerMonth, egressCost, regions[].[region, storageCostPerMonth]]' -o json | tr -d ' \n' && echo
plan westus2 westeurope=2 --query '[notes, storageCostPerMonth, occupiedCostPerMonth]' -o tsv
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=2=Premium_LRS >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=2=Premium_LRS --plan --prices mine.json --query "[notes, storageCostPerMonth]" -o tsv
