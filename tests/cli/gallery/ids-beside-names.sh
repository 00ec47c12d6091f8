sig gallery create one >/dev/null
sig gallery create two >/dev/null
one=$(sig gallery show one --query id -o tsv)
sig gallery show -g other -r two --ids "$one" --query name
sig gallery show two --ids "$one" --query name
