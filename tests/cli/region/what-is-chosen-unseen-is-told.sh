# Zones have directories of their own; what is of no zone lies in the store, and that is told.
sig region create lab --zones zone1 zone2 zone3 --query '[path, zonePaths]' -o tsv | sed "s|$PWD/||g"
sig region list -c name,path,zonePaths -o table | grep -E 'Name|lab' | sed "s|$PWD/||g"
sig region update lab --path elsewhere --query path -o tsv | sed "s|$PWD/||"
# A capacity that is used up already.
definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 -o none
sig region create westus2 --capacity 1K --query capacityLeft
# A rate that nobody means.
sig replicate --limit 10
echo "status $?"
sig replicate --limit 1K -o none
