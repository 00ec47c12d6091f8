sig gallery list -o tsv
