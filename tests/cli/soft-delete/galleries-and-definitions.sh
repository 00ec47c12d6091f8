# What soft-deleted versions are in does not go by mistake.
exec 2>&1
keeping
for number in 1 2 3 4 5 6; do
    sig image-version create prod/ubuntu/$number.0.0 --os-disk os.raw -o none 2>/dev/null
    sig image-version delete prod/ubuntu/$number.0.0
done
try() {
    echo "$ sig $*"
    sig "$@" --plan --query bytesToFree
    echo "plan: status $?"
    sig "$@"
    echo "status $?"
}
try image-definition delete prod/ubuntu
try image-definition delete prod/ubuntu --recursive
try gallery delete prod
try gallery delete prod --recursive
sig image-version purge prod/ubuntu/6.0.0
sig gallery update prod --soft-delete false -o none
try image-definition delete prod/ubuntu
try image-definition delete prod/ubuntu --recursive
sig lock create prod/ubuntu/2.0.0 --name l --lock-type CanNotDelete -o none
sig image-version list-soft-deleted --query 'length(@)'
try image-definition delete prod/ubuntu --recursive --bypass-soft-delete
try gallery delete prod
ls -A store/trash
sig gallery create prod --soft-delete -o none
try gallery delete prod --recursive
try gallery delete prod
