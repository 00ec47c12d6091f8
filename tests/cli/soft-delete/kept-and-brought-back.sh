# A version that is deleted is not there any more, takes no other's number, keeps its disks, and comes back as it was.
exec 2>&1
keeping --soft-delete-retention-period 10
disk other.raw 2 300K
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw --target-regions westus2=2 northeurope --tags build=7 -o none
sig image-version show prod/ubuntu/1.1.0 --expand ReplicationStatus >before
sig image-version delete prod/ubuntu/1.1.0
sig image-version delete prod/ubuntu/1.1.0
find store/trash store/galleries | sort
sig image-version list-soft-deleted prod/ubuntu
sig image-version list-soft-deleted -o table
# It is not there:
sig image-version show prod/ubuntu/1.1.0
sig image-version show prod/ubuntu/latest --query name
sig image-version list prod/ubuntu --query '[].name' -o tsv
sig image-version update prod/ubuntu/1.1.0 --tags a=b
sig image-version wait prod/ubuntu/1.1.0 --deleted
sig replicate prod --query '[].name' -o tsv
# Its number is taken, by what is named and by what is chosen:
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --no-wait
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --plan
sig image-version create prod/ubuntu/next --os-disk os.raw --query name
# Its disks stay:
sig sweep --query '[disks, blobs, scratch]' -o tsv
sig audit --query '[imageVersions, sound]' -o tsv
sig repair --query sound
# It comes back:
sig image-version undelete prod/ubuntu/1.1.0 -o none
sig image-version show prod/ubuntu/1.1.0 --expand ReplicationStatus | same before -
sig image-version undelete prod/ubuntu/1.1.0
sig image-version undelete prod/ubuntu/3.0.0
sig image-version export prod/ubuntu/1.1.0 - | same - other.raw
find store/trash store/galleries | sort
sig audit --query '[imageVersions, sound, findings]' -o tsv
