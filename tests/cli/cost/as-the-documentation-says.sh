# A disk of 127 GB of which a part is occupied, in three regions with two replicas each: six such parts, and two that travel.
definition
disk part 1 10M && truncate -s 127G os.raw && dd if=part of=os.raw bs=1M seek=3 conv=notrunc status=none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --source-format raw --target-regions westeurope=2 westus2=2 northeurope=2 >/dev/null
echo '{"currency": "USD", "asOf": "today", "storage": [{"storageAccountType": "Standard_LRS", "perGiBMonth": "100"}], "egressPerGiB": "100"}' >store/prices.json
sig image-version show prod/ubuntu/1.0.0 --query storageProfile.osDiskImage.dataSizeInBytes
sig cost --query '[occupiedBytes, egressBytes]'
sig cost -o table
sig cost prod/ubuntu/1.0.0 --query 'regions[].[name, replicas, occupiedBytes, egressBytes]' -o tsv
