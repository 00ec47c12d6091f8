# An update is made at once, and another process makes the copies.
definition
disk one.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
sig image-version update prod/ubuntu/1.0.0 --tags a=b --no-wait
sig image-version show prod/ubuntu/1.0.0 --query '[tags.a, provisioningState]' -o tsv
accepted image-version update prod/ubuntu/1.0.0 --target-regions westus2 eastus=2
sig image-version list prod/ubuntu -o table
# Another one wants more, and finds that somebody is to do it.
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 eastus=2 northeurope --no-wait
sig image-version wait prod/ubuntu/1.0.0 --updated
sig image-version wait prod/ubuntu/1.0.0 --replicated
workers_end
sig image-version list prod/ubuntu -o table
ls store/work
