# What each refusal ends with.
keeping
sig image-version delete prod/ubuntu/1.0.0
status() {
    "$@" >/dev/null 2>&1
    echo "$? $*"
}
status sig image-version show prod/ubuntu/1.0.0
status sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
status sig image-version undelete prod/ubuntu/2.0.0
status sig image-version purge prod/ubuntu
status sig image-version purge prod/ubuntu/2.0.0
status sig image-definition delete prod/ubuntu
status sig image-definition delete prod/ubuntu --recursive
status sig gallery create other --soft-delete-retention-period 0
status sig image-version undelete prod/ubuntu/1.0.0
status sig image-version undelete prod/ubuntu/1.0.0
sig gallery update prod --soft-delete false -o none
status sig image-version undelete prod/ubuntu/3.0.0
