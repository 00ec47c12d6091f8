definition
sig image-version latest prod/ubuntu --why
echo $?
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --exclude-from-latest true >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --exclude-from-latest true >/dev/null
sig image-version latest prod/ubuntu --why
echo $?
sig image-version latest prod/ubuntu --why -o table
sig image-version latest prod/ubuntu --all-regions westus2 westeurope
sig image-version latest prod/ubuntu --all-regions
sig image-version latest prod
echo $?
sig image-version latest prod/debian
