# One more is refused before a disk is read; what is there is changed, found and deleted all the same.
definition && disk os.raw 1 100K && disk other.raw 2 100K
sig gallery create prod >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig store update --limit Gallery=1 GalleryImage=1 galleryimageversion=1 -o none
sig gallery create stage --location westus2
sig gallery create stage --location westeurope -o none
sig gallery create prod --tags a=b --query tags
sig image-definition create prod/debian --publisher a --offer b --sku c --os-type Linux
sig image-definition create prod/ubuntu --publisher Contoso --offer Server --sku ubuntu --os-type Linux --query name
sig image-version create prod/ubuntu/1.1.0 --os-disk nowhere.raw
sig image-version create prod/ubuntu/next --os-disk other.raw
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw --no-wait
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw --plan
sig image-version create prod/ubuntu/1.1.0 --image-version prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/next --os-disk other.raw --if-changed
sig image-version create prod/ubuntu/next --os-disk other.raw --if-changed --plan
sig image-version create prod/ubuntu/next --os-disk os.raw --if-changed --plan --query bytesToCopy
sig image-version create prod/ubuntu/next --os-disk os.raw --if-changed --query name
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --query name
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw --location westeurope --target-regions westeurope --query name
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/1.2.0 --os-disk other.raw --query name
sig store update --limit GalleryImageVersion=default --query 'limits[].[name, limit]' -o tsv
sig image-version create prod/ubuntu/next --os-disk os.raw --query name
