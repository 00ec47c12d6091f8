# What a version cannot have, and what --target-regions has no word for.
definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 northeurope >/dev/null
sig advise prod/ubuntu/1.0.0 --instances 1001 -o table
sig advise prod/ubuntu/1.0.0 --instances 1000 --query '[reason, command]' -o json
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --replication-mode Shallow >/dev/null
sig advise prod/ubuntu/1.1.0 --instances 21 -o table
sig image-version update prod/ubuntu/1.0.0 --set 'publishingProfile.targetRegions[name=northeurope].excludeFromLatest=true' >/dev/null
command=$(sig advise prod/ubuntu/1.0.0 --instances 40 --query command -o tsv)
echo "$command"
$command >/dev/null
sig image-version show prod/ubuntu/1.0.0 --query 'publishingProfile.targetRegions[].[name, regionalReplicaCount, excludeFromLatest]' -o tsv
sig advise prod/ubuntu/1.0.0 --instances 3 --scale-sets 4
echo "status $?"
sig advise prod/ubuntu/1.0.0
echo "status $?"
sig advise prod/ubuntu/1.0.0 --instances 0
echo "status $?"
sig advise prod/ubuntu --instances 1
