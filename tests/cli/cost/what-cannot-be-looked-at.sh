# What is wanted is billed, there or not; what cannot be counted is told.
definition && disk os.raw 1 1M
sig region create rack --path rack -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw >/dev/null
mv rack away && mkdir rack
sig cost --query '[regions[].[name, replicas, occupiedBytes, storedBytes], notes]'
patch store/galleries/prod/images/ubuntu/versions/1.1.0/version.json 40 ZZZ
sig cost --query '[imageVersions, notes]'
