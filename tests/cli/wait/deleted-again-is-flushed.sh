# Whoever removed a record may have been killed before the flush, and it would come back: a delete flushes that it is gone.
flushes() {
    n=0
    flushes=0
    while :; do
        n=$((n + 1))
        rm -f log
        SIG_FAULT=$n:EIO SIG_FAULT_LOG=log "$BUILD/sig-fault" image-version delete prod/ubuntu/1.0.0 >/dev/null 2>&1
        status=$?
        grep -q "^fault: $n " log 2>/dev/null || break
        grep -q "^fault: $n fsync" log || continue
        [ $status -ne 0 ] && flushes=$((flushes + 1))
    done
}

definition
disk one.raw 1 512
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw
sig image-version delete prod/ubuntu/1.0.0
flushes
with=$flushes
rm -r store/work
flushes
echo "$((with - flushes)) more than without any record"
