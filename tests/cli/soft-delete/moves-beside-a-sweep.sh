# A version that goes into the trash, or out of it, while a sweep reads what is needed is never in neither. Where the sweep
# holds the gallery's lock nothing moves.
exec 2>&1
keeping
disk other.raw 2 300K
sig image-version create prod/ubuntu/2.0.0 --os-disk other.raw -o none
moved=0
for call in $(seq 1 4 200); do
    SIG_THREADS=1 SIG_FAULT=$call:stop "$BUILD/sig-fault" sweep -o none &
    walker=$!
    if at_a_call; then
        verb=delete
        [ ! -d store/trash/prod+ubuntu+2.0.0 ] || verb=undelete
        ! sig image-version $verb prod/ubuntu/2.0.0 --lock-wait 0 >moving 2>&1 || moved=$((moved + 1))
        kill -CONT "$walker"
    fi
    go_on || echo "sweep: status $?"
done
[ $moved -gt 20 ] || echo "moved $moved times"
[ ! -d store/trash/prod+ubuntu+2.0.0 ] || sig image-version undelete prod/ubuntu/2.0.0 -o none
sig image-version export prod/ubuntu/2.0.0 - | same - other.raw
sig audit --query sound
