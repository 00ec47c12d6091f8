definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
for region in eastus eastus2 westus westus3 northeurope westeurope uksouth; do
    sig image-version update prod/ubuntu/1.0.0 --add-regions $region --set tags.$region=1 >/dev/null &
done
wait
sig image-version show prod/ubuntu/1.0.0 --query 'sort(publishingProfile.targetRegions[].name)'
sig image-version show prod/ubuntu/1.0.0 --query 'keys(tags)'
sig audit >/dev/null
