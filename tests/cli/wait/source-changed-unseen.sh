# Also when it has the time that it had, or changes between the look at it and the reading.
definition
mkdir disks
disk disks/one.raw 1 1M
accepted image-version create prod/ubuntu/1.0.0 --os-disk disks/one.raw
touch -r disks/one.raw time
patch disks/one.raw 5000 changed
touch -r time disks/one.raw
sig image-version wait prod/ubuntu/1.0.0 --created
echo "status $?"
sig image-version delete prod/ubuntu/1.0.0
accepted image-version create prod/ubuntu/1.0.0 --os-disk disks/one.raw
walk 'ls -l "/proc/$walker/fd" | grep -q disks/one.raw' replicate prod/ubuntu/1.0.0
mkdir others
disk others/one.raw 2 1M
mv disks before
mv others disks
go_on
echo "status $?"
sig image-version show prod/ubuntu/1.0.0 --query provisioningState -o tsv
