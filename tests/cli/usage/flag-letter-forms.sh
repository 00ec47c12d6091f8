sig gallery create -g=team -r=prod >/dev/null
sig gallery show -gteam -rprod --query "[name, resourceGroup]" -o tsv
sig gallery show -g team -r prod -otsv --query=name
sig gallery show -r=PROD -o=tsv --query=name
