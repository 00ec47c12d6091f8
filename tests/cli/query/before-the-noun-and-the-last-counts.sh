sig --query location gallery create prod --location westus2 -o tsv
sig --query location gallery show prod -o tsv --query name
