sig create prod >/dev/null
sig create stage >/dev/null
sig account list -o tsv --query "[].id" | xargs -n1 sig list --subscription
