# A copy was killed when its map had its name already: before it is called complete it is flushed.
definition
disk os.raw 1 100K
walk 'ls store/regions/westeurope/standard_lrs/1/disks/*.disk >/dev/null 2>&1' \
    image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope
kill -KILL $walker
cp -r store kept
n=0
while n=$((n + 1)); do
    rm -rf log store
    cp -r kept store
    SIG_FAULT=$n:EIO SIG_FAULT_LOG=log "$BUILD/sig-fault" replicate prod --regions westeurope >/dev/null 2>&1
    status=$?
    grep -q "^fault: $n " log 2>/dev/null || break
    ! grep -q "^fault: $n syncfs" log || echo "flushed; failed, it ends with $status"
done
