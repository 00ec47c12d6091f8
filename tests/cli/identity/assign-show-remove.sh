# Identities of a gallery, one by one; what is said again changes nothing.
sig gallery create prod -g rg -o none
sig identity show prod
sig identity assign -g rg -r prod --system-assigned --user-assigned /id/a /id/b
sig identity assign prod --user-assigned /ID/A /id/c --query 'keys(userAssignedIdentities)' -o tsv
sig identity remove prod --system-assigned --user-assigned /id/b --no-wait
sig identity show prod
sig identity remove prod --user-assigned
sig gallery show prod --query identity
sig identity wait prod --updated
sig identity assign prod
sig identity assign prod --user-assigned ''
sig identity assign -g other -r prod --system-assigned
sig identity show none
