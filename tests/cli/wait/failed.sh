# What can only be seen when the disk is read fails later, and says so until the version is deleted or created anew.
definition
disk one.raw 1 1M
zeros=0000000000000000000000000000000000000000000000000000000000000000
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --expect $zeros --no-wait
sig image-version create prod/ubuntu/1.1.0 --os-disk one.raw --expect $zeros --no-wait
workers_end
sig image-version list prod/ubuntu -o table
sig image-version wait prod/ubuntu/1.0.0 --updated
echo "status $?"
sig replicate prod
echo "status $?"
sig image-version delete prod/ubuntu/1.0.0
sig image-version wait prod/ubuntu/1.0.0 --deleted --timeout 0
sig image-version create prod/ubuntu/1.1.0 --os-disk one.raw --no-wait
sig image-version wait prod/ubuntu/1.1.0 --created
sig image-version list prod/ubuntu --query '[].[name, provisioningState]' -o tsv
