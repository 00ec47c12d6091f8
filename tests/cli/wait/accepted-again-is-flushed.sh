# Whoever recorded it may have been killed before the flush: the same command says that it is accepted once it is durable.
definition
disk one.raw 1 512
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw
cp -a store recorded
flushes=0
again() {
    rm -rf log store
    cp -a recorded store
    SIG_FAULT=$1 SIG_FAULT_LOG=log "$BUILD/sig-fault" image-version create prod/ubuntu/1.0.0 --os-disk one.raw --no-wait >/dev/null 2>&1
    status=$?
    workers_end
}
again 0:count
for n in $(sed -n 's/^call: //p' log | tr ' ' '\n' | grep -n '^fsync' | cut -d: -f1); do
    again $n:EIO
    grep -q "^fault: $n fsync" log || break
    [ $status -ne 0 ] || break # of the process that does the work
    flushes=$((flushes + 1))
done
echo "$flushes flushes before that is said"
