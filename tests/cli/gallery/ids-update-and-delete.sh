for name in one two three; do sig gallery create $name >/dev/null; done
sig gallery list | sig gallery update --set tags.swept=yes --query '[].[name, tags.swept]' -o tsv --ids @-
sig gallery list --query "[?name != 'two']" | sig gallery delete --ids @-
sig gallery list --query '[].name'
