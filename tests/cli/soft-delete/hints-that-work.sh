# What a hint says is done, not refused: each one is tried in a copy of the store.
exec 2>&1
keeping
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw -o none
try() {
    echo "$ sig $*"
    sig "$@"
    echo "status $?"
}
# in_copy COMMAND...: what is done to the copy is not done to the store.
in_copy() {
    rm -rf copy && cp -a store copy
    (export SIG_STORE=copy && "$@")
}
purged() {
    try image-version purge prod/ubuntu --all
    try image-definition delete prod/ubuntu
}
back() {
    try gallery update prod --soft-delete true -o none
    try image-version undelete prod/ubuntu/1.0.0 --query name
}
try gallery delete prod
in_copy try gallery delete prod --recursive --bypass-soft-delete
try image-definition delete prod/ubuntu
in_copy try image-definition delete prod/ubuntu --recursive --bypass-soft-delete
sig image-version delete prod/ubuntu/1.0.0
try image-definition delete prod/ubuntu --recursive
sig image-version delete prod/ubuntu/2.0.0
try image-definition delete prod/ubuntu --recursive
in_copy purged
sig gallery update prod --soft-delete false -o none
try image-definition delete prod/ubuntu --recursive
try image-definition delete prod/ubuntu
in_copy purged
try gallery delete prod
in_copy try gallery delete prod --recursive --bypass-soft-delete
try image-version show prod/ubuntu/1.0.0
in_copy back
try image-version create prod/ubuntu/1.0.0 --os-disk os.raw
at 7 sig image-version export prod/ubuntu/1.0.0 out.raw
at 14 sig image-version show prod/ubuntu/1.0.0
sig image-version purge --all
try gallery delete prod
in_copy try gallery delete prod --recursive
