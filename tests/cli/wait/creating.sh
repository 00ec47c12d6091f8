# What is seen of a version while it is being created, and what cannot be done with it.
definition
disk one.raw 1 1M
disk two.raw 2 1M
sig image-version create prod/ubuntu/0.9.0 --os-disk two.raw >/dev/null
sig image-version create prod/ubuntu/1.10.0 --os-disk two.raw --exclude-from-latest >/dev/null
accepted image-version create prod/ubuntu/1.2.0 --os-disk one.raw --target-regions westus2 eastus=2 --tags a=b
sig image-version show prod/ubuntu/1.2.0 --expand ReplicationStatus
sig image-version list prod/ubuntu -o table
sig image-version show prod/ubuntu/latest --query name -o tsv
sig image-version export prod/ubuntu/1.2.0 back.raw
echo "status $?"
sig image-version update prod/ubuntu/1.2.0 --tags a=c
echo "status $?"
sig image-version update prod/ubuntu/1.2.0 --tags a=c --no-wait
echo "status $?"
sig image-version create prod/ubuntu/1.2.0 --os-disk two.raw
echo "status $?"
sig image-version create prod/ubuntu/1.2.0 --os-disk two.raw --no-wait
echo "status $?"
sig image-version delete prod/ubuntu/0.9.0
sig image-version delete prod/ubuntu/1.10.0
sig image-definition delete prod/ubuntu
echo "status $?"
sig image-version wait prod/ubuntu/1.2.0 --exists
sig sweep >/dev/null
find store/work -name '*.json'
sig audit -o table
