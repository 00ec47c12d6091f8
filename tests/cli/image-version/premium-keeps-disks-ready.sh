# Premium_LRS: beside its blocks each disk lies there as a sparse raw file.
definition
disk os.raw 1 70M
disk data.raw 2 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 1=data.raw \
    --target-regions westus2=2=Premium_LRS eastus >/dev/null
sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus \
    --query 'replicationStatus.summary[].[region, state, replicaCount, copiedBytes]' -o tsv
for raw in store/regions/*/*/*/disks/*.raw; do
    echo "${raw##*regions/}"
    cmp -s "$raw" os.raw || same "$raw" data.raw
    [ $(($(stat -c %b "$raw") * 512)) -lt 70000000 ] || echo "not sparse"
done
sig audit --query '[sound, disks, findings]'
echo "--- read"
sig image-version export prod/ubuntu/1.0.0 back.raw && same os.raw back.raw
sig image-version export prod/ubuntu/1.0.0 - --data-disk 1 --verify fast | cmp - data.raw
sig image-version export prod/ubuntu/1.0.0 back.qcow2 && rm back.qcow2
echo "--- freed"
sig image-version delete prod/ubuntu/1.0.0
free=$(stat -c %b store/regions/*/*/*/disks/*.raw | awk '{ sum += $1 * 512 } END { print sum }')
maps=$(cat store/regions/*/*/*/disks/*.disk | wc -c)
[ "$(sig sweep --force --plan --query bytesFreed)" = $((free + maps)) ] && echo "counted as what they take"
sig sweep --force --query disks
find store/regions -name '*.raw'
