# A record of work that cannot be read hides nothing else, and is told; it can be deleted.
definition
disk one.raw 1 1M
sig image-version create prod/ubuntu/0.9.0 --os-disk one.raw >/dev/null
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw
patch store/work/prod+ubuntu+1.0.0.json 100 ROT
sig image-version list prod/ubuntu --query '[].name' -o tsv
echo "status $?"
sig image-version wait prod/ubuntu/1.0.0 --created
echo "status $?"
sig audit --query 'findings[].[level, path, hint]'
echo "status $?"
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw
echo "status $?"
sig image-version delete prod/ubuntu/1.0.0
sig audit >/dev/null
# Of a version that is there it can say no more than that copies are wanted.
accepted image-version update prod/ubuntu/0.9.0 --target-regions westus2 eastus
patch store/work/prod+ubuntu+0.9.0.json 100 ROT
sig image-version show prod/ubuntu/0.9.0 --query provisioningState -o tsv
sig replicate prod/ubuntu/0.9.0 --query '[].[name, replicationStatus.aggregatedState]' -o tsv
ls store/work
sig audit >/dev/null
