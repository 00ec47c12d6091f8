definition
disk os.raw 1 100K
walk 'ls store/regions/westus2/standard_lrs/1/disks/*.disk >/dev/null 2>&1' image-version create prod/ubuntu/1.0.0 --os-disk os.raw
sig image-definition delete prod/ubuntu
go_on
echo $?
sig image-definition list prod
