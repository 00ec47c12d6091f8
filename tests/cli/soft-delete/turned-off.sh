# What is in the trash stays there for its time; nothing comes back until it is on again.
exec 2>&1
keeping --soft-delete-retention-period 3
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw -o none
sig image-version delete prod/ubuntu/1.0.0
sig gallery update prod --soft-delete false --query softDeletePolicy.isSoftDeleteEnabled
sig image-version undelete prod/ubuntu/1.0.0
echo "status $?"
sig image-version list-soft-deleted --query '[].imageVersion' -o tsv
sig image-version delete prod/ubuntu/2.0.0 && sig image-version show prod/ubuntu/2.0.0
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
sig sweep --query disks
sig gallery update prod --soft-delete -o none
sig image-version undelete prod/ubuntu/1.0.0 --query name
sig image-version delete prod/ubuntu/1.0.0
sig gallery update prod --soft-delete false -o none
at 3 sig sweep --force --query disks
# To delete what is in the trash is not to remove it.
sig image-version create prod/ubuntu/3.0.0 --os-disk os.raw -o none
sig gallery update prod --soft-delete -o none
sig image-version delete prod/ubuntu/3.0.0
sig image-version delete prod/ubuntu/3.0.0 --bypass-soft-delete
sig image-version list-soft-deleted --query '[].name' -o tsv
