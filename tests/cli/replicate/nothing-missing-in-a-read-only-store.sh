need_mounts
definition
disk one.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 westeurope >/dev/null
mount --bind store store && mount -o remount,bind,ro store
sig replicate -o table
