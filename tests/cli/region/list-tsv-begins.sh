sig region list -o tsv | sed 2q
