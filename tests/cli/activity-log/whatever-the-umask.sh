# Who comes first with a narrow umask keeps nobody else out of what serves the whole store.
need_users
umask 002
definition
rm -rf store/activity
chgrp -R nogroup store && find store -type d -exec chmod g+s {} + && chmod -R g+rw store
(umask 077 && sig gallery update prod --soft-delete true -o none)
find store/activity store/store.json -printf '%M %p\n' | sort
umask 022
nobody sig gallery update prod --description mine -o none
nobody sig gallery create own -o none
umask 002
sig gallery update prod --description ours -o none
sig activity-log list --query '[].[caller, operationName.localizedValue, resource, status.value]' -o tsv
ls store/activity/open
