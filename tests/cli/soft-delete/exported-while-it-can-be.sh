# By its exact number, until its retention is over; it can be brought back for the time of grace behind that.
exec 2>&1
keeping --soft-delete-retention-period 2 --soft-delete-grace-period 3
sig image-version delete prod/ubuntu/1.0.0
sig image-version export prod/ubuntu/1.0.0 out.raw && same out.raw os.raw
at 1 sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
at 2 sig image-version export prod/ubuntu/1.0.0 late.raw
echo "status $?"
sig image-version export prod/ubuntu/latest latest.raw
echo "status $?"
at 4 sig sweep --force -o none
at 4 sig image-version list-soft-deleted --query '[].[softDeletedTime, consumptionEndTime, hardDeletionTargetTime]' -o tsv
at 4 sig image-version undelete prod/ubuntu/1.0.0 --query name
ls
