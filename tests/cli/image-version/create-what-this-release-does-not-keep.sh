definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --storage-account-type Standard_ZRS
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=1=Premium_LRS
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --replication-mode Shallow
echo $?
sig image-version list prod/ubuntu
