# Whoever made or removed it may have been killed before the flush: "done already" is said only when it is durable.
# Each command is failed at every disk call in turn: a flush is among them, and fails it.
flushes() {
    n=0
    count=0
    while :; do
        n=$((n + 1))
        rm -f log
        SIG_FAULT=$n:EIO SIG_FAULT_LOG=log "$BUILD/sig-fault" "$@" >/dev/null 2>&1
        status=$?
        grep -q "^fault: $n " log 2>/dev/null || break
        grep -q "^fault: $n fsync" log || continue
        count=$((count + 1))
        [ $status -ne 0 ] || echo "a flush that failed is not told: $*"
    done
    [ $count -gt 0 ] && echo "flushes: $*" || echo "does not flush: $*"
}

definition
disk os.raw 1 512
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
flushes gallery create prod
flushes image-definition create prod/ubuntu --publisher Contoso --offer Server --sku ubuntu --os-type Linux
sig image-version delete prod/ubuntu/1.0.0
flushes image-version delete prod/ubuntu/1.0.0
sig image-definition delete prod/ubuntu
flushes image-version delete prod/ubuntu/1.0.0
flushes image-definition delete prod/ubuntu
sig gallery delete prod
flushes gallery delete prod
