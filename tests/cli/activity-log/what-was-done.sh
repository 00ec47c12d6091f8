# Each change has one entry, what changes nothing has none.
entries() {
    sig activity-log list "$@" --query '[].[operationName.value, resource, status.value, description]' -o tsv
}
definition && disk os.raw 1 100K
sig gallery update prod --description 'for production' --tags a=1 b=2 -o none
sig gallery update prod --description 'for production' -o none
sig gallery update prod --tags a=1 c=3 --description '' -o none
sig image-version create prod/ubuntu/next --os-disk os.raw --target-regions westus2 northeurope -o none
sig image-version create prod/ubuntu/0.0.1 --os-disk os.raw -o none
sig image-version update prod/ubuntu/0.0.1 --add-regions westeurope=2 --exclude-from-latest -o none
sig identity assign prod --system-assigned -o none
sig region create rack --path rack -o none
sig lock create prod/ubuntu --name keep --lock-type CanNotDelete -o none
sig lock create prod/ubuntu --name keep --lock-type CanNotDelete -o none
sig role assignment create prod --assignee root --role Reader -o none
sig store update --limit Gallery=7 -o none
sig replicate -o none
sig image-version delete prod/ubuntu/0.0.1
sig lock delete prod/ubuntu --name keep
sig image-version delete prod/ubuntu/0.0.1
sig image-version delete prod/ubuntu/0.0.1
sig image-version delete prod/ubuntu/1.0.0
sig image-version delete prod/ubuntu/9.9.9
sig sweep --force -o none
sig region delete rack
sig image-definition delete prod/ubuntu
sig gallery delete prod
sig gallery list
entries
sig activity-log list --operation write --query '[?changes].[resource, changes[].[property, oldValue, newValue]]'
sig activity-log list prod/ubuntu/0.0.1 --query '[].[bytes > `0`, durationInMilliseconds, caller == `root`]' -o tsv
sig activity-log list --max-events 1
sig activity-log list prod/ubuntu/0.0.1 --max-events 1 --query '[].resourceId' -o tsv
ls store/activity store/activity/open
