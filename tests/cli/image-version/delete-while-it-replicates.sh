definition
disk os.raw 1 100K
walk '[ -e store/regions/westeurope/standard_lrs/1/lock ]' image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope
sig image-version delete prod/ubuntu/1.0.0
go_on
echo $?
sig image-version list prod/ubuntu
