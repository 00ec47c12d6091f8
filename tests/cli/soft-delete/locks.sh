# What a lock keeps from being deleted is not put into the trash, nor removed from it, nor does its time end there; what is
# not to be changed does not come back.
exec 2>&1
keeping --soft-delete-retention-period 1
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw -o none
sig lock create prod/ubuntu/1.0.0 --name keep --lock-type CanNotDelete -o none
sig image-version delete prod/ubuntu/1.0.0
sig lock delete prod/ubuntu/1.0.0 --name keep
sig image-version delete prod/ubuntu/1.0.0
sig lock create prod --name keep --lock-type CanNotDelete -o none
sig image-version purge prod/ubuntu/1.0.0
sig image-version purge --all
at 2 sig sweep --plan --query disks
at 2 sig sweep --query disks
sig image-version undelete prod/ubuntu/1.0.0 --query name
sig lock delete prod --name keep
sig image-version delete prod/ubuntu/1.0.0
sig lock create prod --name keep --lock-type ReadOnly -o none
sig image-version undelete prod/ubuntu/1.0.0
sig lock delete prod --name keep
at 2 sig sweep --query disks
sig image-version update prod/ubuntu/2.0.0 --end-of-life-date 2027-01-01 --block-deletion-before-end-of-life true -o none
sig image-version delete prod/ubuntu/2.0.0
sig image-version delete prod/ubuntu/2.0.0 --bypass-soft-delete
sig image-version list prod/ubuntu --query '[].name' -o tsv
