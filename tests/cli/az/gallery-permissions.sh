# What a gallery is made as, and made again, in the Azure CLI's own words.
. "$ROOT/examples/az-shim"
az sig create -g rg -r gallery1 --permissions Community --publisher-uri puburi --publisher-email abc@123.com --eula eula \
    --public-name-prefix pubname --query sharingProfile.permissions -o tsv
az sig share reset -g rg -r gallery1 --query sharingProfile.permissions -o tsv
az sig update -g rg -r gallery1 --permissions groups --query sharingProfile.permissions -o tsv
az sig update -g rg -r gallery1 --permissions community --query sharingProfile.permissions -o tsv
az sig update -g rg -r gallery1 --permissions private --query sharingProfile.permissions -o tsv
