# What was deleted and swept while it was read is not damaged: it is gone, or another one.
definition && disk one.raw 1 64K && disk two.raw 2 64K
lost() {
    sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
    walk '[ -n "$(ls -l /proc/$walker/fd 2>/dev/null | grep version.json)" ]' image-version export prod/ubuntu/1.0.0 back.raw || return
    sig image-version delete prod/ubuntu/1.0.0 && sig sweep --force >/dev/null
    [ -z "${1-}" ] || sig image-version create prod/ubuntu/1.0.0 --os-disk "$1" >/dev/null
    go_on
    echo "status $?: $(ls back.raw 2>/dev/null)"
    sig image-version delete prod/ubuntu/1.0.0
}
lost
lost two.raw
sig audit | grep sound
