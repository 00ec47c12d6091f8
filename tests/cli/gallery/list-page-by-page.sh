for name in e d c B a; do sig gallery create $name >/dev/null; done
sig gallery list --max-items 2 --query '[].name' -o tsv
sig gallery list --max-items 2 --next-token B --query '[].name' -o tsv
sig gallery create bb >/dev/null
sig gallery delete d
sig gallery list --max-items 2 --next-token d --query '[].name' -o tsv
sig gallery list --max-items 6 --query '[].name' -o tsv
sig gallery list --next-token zz
