need_mounts
definition
disk os.raw 1 1M
mkdir -p store/regions/westeurope
mount -t tmpfs -o size=128K none store/regions/westeurope
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
echo $?
replication prod/ubuntu/1.0.0
mount -o remount,size=4M store/regions/westeurope
sig replicate -o table
sig image-version export prod/ubuntu/1.0.0 - --region westeurope | same - os.raw
