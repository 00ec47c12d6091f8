# Who tried and was refused is written down, slips of the keyboard are not.
need_users
umask 002
definition && disk os.raw 1 100K
sig gallery delete prod
sig gallery update 'pr od' --description x
sig gallery update prod --descripton x
sig image-definition create prod/debian --publisher Contoso --offer Server --sku ubuntu --os-type Linux
sig image-version create prod/ubuntu/1.0.0 --os-disk missing.raw
sig role assignment create prod --assignee user:nobody --role Reader -o none
chgrp -R nogroup store && find store -type d -exec chmod g+s {} + && chmod -R g+rw store
nobody sig gallery update prod --description x
nobody sig gallery delete prod
nobody sig lock create prod --name x --lock-type ReadOnly
sig activity-log list --status Failed --query '[].[caller, operationName.value, resource, subStatus.value, description]' -o tsv
# What one may see: all of what one may read.
sig gallery create hidden -o none
nobody sig activity-log list --query '[].resource' -o tsv | sort -u
nobody sig activity-log list hidden
sig role assignment delete prod --assignee user:nobody
nobody sig activity-log list
