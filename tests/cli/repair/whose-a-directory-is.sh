# replica.json lost, or damaged: written again where the store has claimed the directory and a disk of it is there.
definition
disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 westeurope=1=Standard_ZRS >/dev/null
rm store/regions/westus2/standard_lrs/1/replica.json
echo '{"format": 1, "sto' >store/regions/westeurope/standard_zrs/1/zone-2/replica.json
sig audit --query 'findings[].[path, hint]' -o tsv
sig repair --plan --query '[sound, repairs[].path]'
sig repair --query '[sound, repairs[].path]'
sig audit --query 'findings[].[path, hint]' -o tsv
echo "--- another's stays"
cp store/regions/westus2/standard_lrs/1/replica.json store/regions/westus2/standard_lrs/2/
sig repair --query sound
rm store/regions/westus2/standard_lrs/2/replica.json store/regions/westus2/standard_lrs/2/disks/*
echo "--- nothing shows whose it is"
sig repair --query sound
