definition
disk os.raw 1 200K
disk data.raw 2 100000
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 5=data.raw --target-regions westus2 'West Europe=2' --tags build=17
