# What was accepted is done: whoever began before, and commits after, finds the number taken.
definition
for i in 1 2 3; do
    disk $i.raw $i 1M
done
sig image-version create prod/ubuntu/0.0.1 --os-disk 3.raw >/dev/null
maps=store/regions/westus2/standard_lrs/1/disks
walk '[ "$(ls $maps | wc -l)" = 2 ]' image-version create prod/ubuntu/1.0.0 --os-disk 1.raw
accepted image-version create prod/ubuntu/1.0.0 --os-disk 2.raw
go_on
echo "status $?"
sig image-version wait prod/ubuntu/1.0.0 --created
sig image-version export prod/ubuntu/1.0.0 - | same - 2.raw && echo "as accepted"
ls store/work
# One that has failed takes no number.
cp 3.raw 4.raw
patch 4.raw 5000 changed
walk '[ "$(ls $maps | wc -l)" = 4 ]' image-version create prod/ubuntu/1.1.0 --os-disk 4.raw --query provisioningState -o tsv
accepted image-version create prod/ubuntu/1.1.0 --os-disk 3.raw
patch 3.raw 5000 another
sig image-version wait prod/ubuntu/1.1.0 --created
go_on
sig image-version export prod/ubuntu/1.1.0 - | same - 4.raw && echo "as published"
ls store/work
