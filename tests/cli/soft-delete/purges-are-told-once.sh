# One that fails is in the activity log once, whatever was to be purged; a slip of the keyboard is not there.
exec 2>&1
keeping
disk other.raw 2 64K
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw -o none
sig image-version delete prod/ubuntu/1.0.0 && sig image-version delete prod/ubuntu/1.1.0
told() {
    echo "status $?"
    sig activity-log list --query "[?contains(operationName.value, 'purge') || contains(operationName.value, 'undelete')].[status.value, resource, description]" -o tsv >now
    head -n "$(($(wc -l <now) - lines))" now | sed 's/^/told: /'
    lines=$(wc -l <now)
}
lines=0
sig image-version purge prod/ubuntu/latest
told
sig image-version purge prod/ubuntu/1.0.x
told
sig image-version purge prod/ubuntu
told
sig image-version purge 'prod/_/1.0.0'
told
sig image-version undelete prod/ubuntu/latest
told
sig image-version purge prod/debian/1.0.0
told
sig lock create prod/ubuntu --name keep --lock-type CanNotDelete -o none
sig image-version purge prod/ubuntu/1.0.0
told
sig image-version purge prod --all
told
sig lock delete prod/ubuntu --name keep
# What fails on the way, too.
mv store/galleries/prod/lock away && ln -s away store/galleries/prod/lock
sig image-version purge prod/ubuntu/1.0.0
told
sig image-version purge --all
told
rm store/galleries/prod/lock && mv away store/galleries/prod/lock
sig image-version purge prod/ubuntu/1.0.0
told
sig image-version purge --all
told
