# One that knows the trash and not what else the store needs reads, and changes nothing.
keeping
sig image-version delete prod/ubuntu/1.0.0
sed -i -e /checksum/d -e 's/"trash"/"trash", "leases"/' store/store.json
sig image-version list-soft-deleted --query '[].name' -o tsv
sig image-version undelete prod/ubuntu/1.0.0
