# What is left of it counts, for all storage types there together. Whether something fits where nobody can look is not said.
definition && disk os.raw 1 1M
sig region create rack --path rack --capacity 3M -o none
plan() { sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 "$@" --plan --query '[fits, regions[].[region, capacityLeft, fits, bytesToCopy]]' -o json | tr -d ' \n'; echo; }
plan rack=2
plan rack=3
sig region update rack --capacity 1M -o none
plan rack=1=Premium_LRS
mv rack away
plan rack=2
