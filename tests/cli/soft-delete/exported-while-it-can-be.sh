# By its exact number, until its grace is over.
exec 2>&1
keeping --soft-delete-grace-period 2 --soft-delete-retention-period 5
sig image-version delete prod/ubuntu/1.0.0
sig image-version export prod/ubuntu/1.0.0 out.raw && same out.raw os.raw
at 1 sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
at 2 sig image-version export prod/ubuntu/1.0.0 late.raw
echo "status $?"
sig image-version export prod/ubuntu/latest latest.raw
echo "status $?"
ls
