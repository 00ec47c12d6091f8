# The process that was to do it was killed: whoever waits for it does it.
definition
disk one.raw 1 1M
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 eastus
sig image-version wait prod/ubuntu/1.0.0 --created --timeout 0
sig image-version export prod/ubuntu/1.0.0 - --region eastus | cmp - one.raw
ls store/work
