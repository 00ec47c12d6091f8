sig gallery create prod --location westus2 >/dev/null
sig gallery delete prod --query name && sig gallery list --query "length(@)"
