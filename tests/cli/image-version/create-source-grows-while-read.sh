definition
disk os.raw 1 200K
walk '[ -e store/regions/westus2/standard_lrs/1/lock ]' image-version create prod/ubuntu/1.0.0 --os-disk os.raw
truncate -s 300K os.raw
go_on
echo $?
sig image-version list prod/ubuntu
