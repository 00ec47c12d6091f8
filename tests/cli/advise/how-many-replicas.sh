# How many replicas so many deployments need, by which rule, and the command that gets there.
definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 northeurope >/dev/null
sig advise prod/ubuntu/latest --instances 120
sig advise prod/ubuntu/1.0.0 --instances 40 -o table
echo "--- what it says brings it there"
command=$(sig advise prod/ubuntu/1.0.0 --instances 40 --query command -o tsv)
echo "$command"
$command >/dev/null && sig advise prod/ubuntu/1.0.0 --instances 40 -o table
echo "--- at the bounds of the rules"
for instances in 1 20 21 2000 2001; do
    sig advise prod/ubuntu/1.0.0 --instances $instances --region westus2 --query '[needed, rule, otherRule]' -o tsv
done
for sets in 1 5 6; do
    sig advise prod/ubuntu/1.0.0 --instances 3001 --scale-sets $sets --region westus2 --query '[needed, rule, otherRule]' -o tsv
done
echo "--- a region that is no target yet"
sig advise prod/ubuntu/1.0.0 --instances 30 --region japaneast -o table
echo "--- one replica is damaged"
rm store/regions/northeurope/standard_lrs/2/blobs/*
sig advise prod/ubuntu/1.0.0 --instances 40 -o table
$(sig advise prod/ubuntu/1.0.0 --instances 40 --query command -o tsv) >/dev/null
sig advise prod/ubuntu/1.0.0 --instances 40 --query '[enough, command]' -o json
