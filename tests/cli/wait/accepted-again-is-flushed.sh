# Whoever recorded it may have been killed before the flush: the same command says that it is accepted once it is durable.
definition
disk one.raw 1 512
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw
cp -a store recorded
n=0
flushes=0
while :; do
    n=$((n + 1))
    rm -rf log store
    cp -a recorded store
    SIG_FAULT=$n:EIO SIG_FAULT_LOG=log "$BUILD/sig-fault" image-version create prod/ubuntu/1.0.0 --os-disk one.raw --no-wait >/dev/null 2>&1
    status=$?
    workers_end
    grep -q "^fault: $n " log 2>/dev/null || break
    grep -q "^fault: $n fsync" log || continue
    [ $status -ne 0 ] || break # of the process that does the work
    flushes=$((flushes + 1))
done
echo "$flushes flushes before that is said"
