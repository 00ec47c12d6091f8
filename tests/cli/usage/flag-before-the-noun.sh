sig -o tsv --store here gallery list
