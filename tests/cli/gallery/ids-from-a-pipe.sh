for name in one two three; do sig gallery create $name >/dev/null; done
sig gallery list --query '[].id' -o tsv | sig gallery show --ids @- --query '[].name' -o tsv
sig gallery list --query '[].id' -o tsv | sig gallery show --ids - --query '[].name' -o tsv
sig gallery list --query '[].id' | sig gallery show --ids @- --query '[].name' -o tsv
sig gallery list | sig gallery show --ids @- --query '[].name' -o tsv
sig gallery show one | sig gallery show --ids - --query name
sig gallery list --query '[].id' -o tsv | tr '\n' '\t' >ids
sig gallery show --ids @ids --query '[].name' -o tsv
sig gallery list --query '[].id' -o tsv | xargs sig gallery show --query '[].name' -o tsv --ids
