# Who shared what with whom is in the activity log; what changed nothing, or was only looked at, is not.
one=6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
sig gallery create team --permissions Groups -o none
sig share add team --subscription-ids $one -o none
sig share add team --subscription-ids $one -o none
sig gallery list-shared --subscription $one -o none
sig share add team --tenant-ids x
sig gallery update team --permissions Private
sig share reset team -o none
sig gallery update team --permissions Community --publisher-uri u --publisher-email m --eula e --public-name-prefix contoso -o none
sig share enable-community team -o none
sig activity-log list --query '[].[operationName, status, resourceId, changes]'
