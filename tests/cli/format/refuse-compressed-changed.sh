definition
disk os.raw 1 200K && gzip -n os.raw && cp os.raw.gz other.gz
walk '[ -e store/regions/westus2/standard_lrs/1/lock ]' image-version create prod/ubuntu/1.0.0 --os-disk os.raw.gz
mv other.gz os.raw.gz
go_on
echo $?
sig image-version list prod/ubuntu
