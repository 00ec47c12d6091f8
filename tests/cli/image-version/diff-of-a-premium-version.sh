# Where disks lie ready as raw files, and in zones.
definition
disk os.raw 1 1M
cp os.raw new.raw
patch new.raw 0 new
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=1=Premium_LRS westeurope=1=Standard_ZRS >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk new.raw --target-regions westus2=1=Premium_LRS westeurope=1=Standard_ZRS >/dev/null
sig image-version diff prod/ubuntu/1.0.0 1.1.0 --query '[changedBytes, stored]'
sig image-version diff prod/ubuntu/1.0.0 1.1.0 --query '[changedBytes, stored]' --region westeurope
