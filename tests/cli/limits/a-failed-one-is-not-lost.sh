# What was accepted and failed at a limit is tried again once there is room; a create that is refused meanwhile takes nothing away.
definition && disk os.raw 1 100K && disk other.raw 2 100K
sig store update --limit GalleryImageVersion=1 -o none
accepted image-version create prod/ubuntu/1.1.0 --os-disk other.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig replicate -o none
sig image-version list prod/ubuntu --query '[].[name, provisioningState]' -o tsv
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw
sig store update --limit GalleryImageVersion=2 -o none
sig replicate -o none
sig image-version list prod/ubuntu --query '[].[name, provisioningState]' -o tsv
