# Each is asked for what the service asks for.
need_users
umask 002
exec 2>&1
keeping
chgrp -R nogroup store && find store -type d -exec chmod g+s {} +
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw -o none
sig image-version delete prod/ubuntu/2.0.0
sig role assignment create prod --assignee user:nobody --role Reader -o none
chmod -R g+rw store
nobody sig image-version list-soft-deleted --query '[].imageVersion' -o tsv
nobody sig image-version undelete prod/ubuntu/2.0.0
nobody sig image-version purge prod/ubuntu/2.0.0
nobody sig image-version purge prod --all
nobody sig image-version delete prod/ubuntu/1.0.0
sig role assignment delete prod --assignee user:nobody
nobody sig image-version list-soft-deleted
nobody sig image-version list-soft-deleted prod/ubuntu
sig role assignment create prod --assignee user:nobody --role Contributor -o none
nobody sig image-version undelete prod/ubuntu/2.0.0 --query name
nobody sig image-version delete prod/ubuntu/2.0.0
nobody sig image-version purge prod/ubuntu/2.0.0
sig image-version list-soft-deleted
