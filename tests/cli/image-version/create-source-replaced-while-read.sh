definition
disk os.raw 1 200K
cp os.raw new.raw
walk '[ -e store/regions/westus2/standard_lrs/1/lock ]' image-version create prod/ubuntu/1.0.0 --os-disk os.raw
mv new.raw os.raw
go_on
echo $?
sig image-version list prod/ubuntu
