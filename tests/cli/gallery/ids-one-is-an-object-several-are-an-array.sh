for name in one two three; do sig gallery create $name >/dev/null; done
one=$(sig gallery show one --query id -o tsv)
two=$(sig gallery show two --query id -o tsv)
sig gallery show --ids "$one" --query name
sig gallery show --ids "$one" "$two" --query '[].name'
sig gallery show -o tsv --query '[].name' --ids "$two" "$one" "$two"
sig gallery show --ids "$one" --ids "$two" -o table
