# Nobody can make it any more: whoever tries says so, one version or all.
definition
disk one.raw 1 1M
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw
rm one.raw
sig replicate
echo "status $?"
sig replicate prod/ubuntu/1.0.0
echo "status $?"
sig image-version show prod/ubuntu/1.0.0 --query '[provisioningState, replicationStatus.details]' -o tsv
