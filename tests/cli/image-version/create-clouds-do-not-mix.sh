definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 chinaeast2
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 usgovvirginia
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --location chinaeast2 --target-regions chinaeast2 usgovvirginia
