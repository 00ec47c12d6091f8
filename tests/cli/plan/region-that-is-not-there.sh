# What cannot be looked at is not said to cost nothing.
definition && disk os.raw 1 100K
sig region create rack --path rack -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
mv rack away
sig image-version update prod/ubuntu/1.0.0 --add-regions rack eastus --plan 2>err | sed 's/ *"freeSpace.*//' >plan
sed "s|$PWD/||" err
sed -n '/"notes"/,/]/p' plan | sed "s|$PWD/||"
sig image-version update prod/ubuntu/1.0.0 --add-regions rack eastus --plan --query 'regions[].[region, bytesToCopy, fits, storageCostPerMonth]' -o tsv 2>/dev/null
mv away rack
sig image-version update prod/ubuntu/1.0.0 --add-regions rack --allow-replicated-location-deletion true -o none
mv rack away
sig image-version update prod/ubuntu/1.0.0 --remove-regions rack --plan --query 'regions[].[region, bytesToFree, storageSavedPerMonth]' -o tsv 2>/dev/null
