for name in a b c d; do sig gallery create $name -g odd >/dev/null; done
sig gallery create bb -g even >/dev/null
sig gallery create e -g even >/dev/null
sig gallery list -g even --max-items 1 --query '[].name' -o tsv
sig gallery list -g even --max-items 1 --next-token bb --query '[].name' -o tsv
sig gallery list -g even --max-items 2 --query '[].name' -o tsv
