# A sweep removes it for good when its time is over, and not before, whatever became of the policy or the clock.
keeping --soft-delete-retention-period 3
exec 2>&1
disk other.raw 2 300K
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw -o none
sig image-version delete prod/ubuntu/1.1.0
sig gallery update prod --soft-delete-retention-period 1 -o none
at 2 sig sweep --plan --query '[bytesToFree, disks]' -o tsv
at 2 sig sweep --query disks
at -400 sig sweep --query disks
sig gallery update prod --soft-delete-retention-period 90 -o none
sed -n 's/ *"\(.*Time\)": /\1 /p' store/trash/*/deletion.json
at 3 sig sweep --plan --query '[bytesToFree, disks]' -o tsv
ls store/trash
at 3 sig sweep --query '[bytesFreed, disks]' -o tsv
ls -A store/trash
sig image-version undelete prod/ubuntu/1.1.0
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw --query name
# The last one of all is asked for, as always.
sig image-version delete prod/ubuntu/1.0.0
sig image-version delete prod/ubuntu/1.1.0
sig sweep --query disks
at 90 sig sweep
echo "status $?"
at 90 sig sweep --force --query disks
sig audit --query '[imageVersions, sound]' -o tsv
