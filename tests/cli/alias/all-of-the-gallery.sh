sig create prod --location westus2 -o tsv --query location
sig list -o table
sig update prod --description "what we ship" --query description -o tsv
sig show -g default -r prod --query name -o tsv
sig delete -r prod
sig list
