# What is deleted before it is made never was: nothing goes to the trash.
keeping
accepted image-version create prod/ubuntu/2.0.0 --os-disk os.raw
sig image-version delete prod/ubuntu/2.0.0
sig image-version list-soft-deleted
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --query name
# Copies that were accepted are not made any more, and found again as usual.
accepted image-version update prod/ubuntu/2.0.0 --add-regions northeurope
sig image-version delete prod/ubuntu/2.0.0
ls store/work
sig replicate -o none
ls store/regions
sig image-version undelete prod/ubuntu/2.0.0 -o none
sig replicate prod/ubuntu/2.0.0 --query '[].replicationStatus.aggregatedState' -o tsv
