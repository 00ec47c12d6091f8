definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version export prod/ubuntu/1.0.0 back.raw --region 'UK South'
echo $?
sig image-version export prod/ubuntu/1.0.0 back.raw --region westeurop
