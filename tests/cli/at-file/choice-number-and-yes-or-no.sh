echo LINUX >os
echo 16 >most
echo No >word
definition
sig image-definition create prod/debian --publisher a --offer b --sku c --os-type @os --maximum-cpu-core @most --query "[osType, recommended.vCPUs.max]" -o tsv
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --exclude-from-latest @word --query publishingProfile.excludeFromLatest
