# The directory that is named has to be the one that was moved.
definition
disk os.raw 1 100K
sig region create rack --path rack --display-name Rack -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack >/dev/null
mv rack moved
mkdir empty
sig region update rack --path empty 2>&1 | sed "s|$PWD/||"
sig region update rack --path moved --display-name 'Rack 8' -o none
sig image-version export prod/ubuntu/1.0.0 - --region 'rack 8' | same - os.raw
sig region update rack --capacity 1K --query capacityLeft
sig region update rack --capacity none --query '[capacity, capacityLeft]' -o tsv
sig region update rack --cloud AzureCloud
sig region update westus3 --capacity 1G
sig region update nowhere --capacity 1G
sig audit --query sound
