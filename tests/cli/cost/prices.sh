# Those of the file, the store's, or assumptions that say of when they are; a type without a price is not guessed.
sig cost --query '[imageVersions, occupiedCostPerMonth, currency, pricesFrom]' -o tsv
definition && disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 local=1=Premium_LRS >/dev/null
priced() { sig cost "$@" --query '[occupiedCostPerMonth, storageCostPerMonth, egressCost, currency, pricesFrom, notes[0]]' -o tsv; }
priced
echo '{"currency": "EUR", "asOf": "2025-12-01", "storage": [{"storageAccountType": "Standard_LRS", "perGiBMonth": 5}]}' >store/prices.json
priced
echo '{"currency": "EUR", "asOf": "today", "storage": [{"storageAccountType": "Standard_LRS", "perGiBMonth": 900}, {"storageAccountType": "Premium_LRS", "perGiBMonth": 900}], "egressPerGiB": 10}' >mine.json
priced --prices mine.json
priced --prices nowhere.json
echo '{' >store/prices.json && priced
