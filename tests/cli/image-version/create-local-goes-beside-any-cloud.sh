definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 local >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --location local --target-regions local chinaeast2 >/dev/null
sig image-version list prod/ubuntu -o table
