# The file that is named, else the store's, else assumptions that say so.
definition && disk os.raw 1 1M
priced() { sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=2 "$@" --plan --query '[storageCostPerMonth, egressCost, occupiedCostPerMonth, currency, pricesFrom]' -o tsv; }
priced
echo '{"currency": "EUR", "asOf": "2025-12-01", "storage": [{"storageAccountType": "Standard_LRS", "perGiBMonth": 5}], "egressPerGiB": "2.5"}' >store/prices.json
priced && sig audit --query sound
echo '{"currency": "EUR", "asOf": "today", "egressPerGiB": 10}' >mine.json && priced --prices mine.json
echo '{"currency": "EUR", "asOf": "today", "egressPerGiB": "ten"}' >mine.json && priced --prices mine.json
echo '{"currency": "EUR", "asOf": "today", "egressPerGib": 1}' >mine.json && priced --prices mine.json
echo '{' >store/prices.json && priced
priced --prices nowhere.json
sig sweep --prices mine.json
