# A version that goes into the trash, or out of it, while all are read is one of them, and one alone: whatever the file
# system's times tell.
exec 2>&1
keeping
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw -o none
sig image-version create prod/ubuntu/3.0.0 --os-disk os.raw -o none
sig image-version delete prod/ubuntu/3.0.0 2>/dev/null
moved=0
for call in $(seq 1 60); do
    SIG_THREADS=1 SIG_FAULT=$call:stop "$BUILD/sig-fault" audit --query imageVersions >found &
    walker=$!
    if at_a_call; then
        verb=delete
        [ ! -d store/trash/prod+ubuntu+2.0.0 ] || verb=undelete
        ! sig image-version $verb prod/ubuntu/2.0.0 -o none >moving 2>&1 || moved=$((moved + 1))
        kill -CONT "$walker"
    fi
    go_on || echo "audit: status $?"
    [ "$(cat found)" = 3 ] || echo "$verb before call $call: $(cat found)"
done
[ $moved -gt 20 ] || echo "moved $moved times"
