definition prod/one
definition prod/two
definition prod/three
sig image-definition list prod --max-items 2 --query '[].name' -o tsv
sig image-definition list prod --max-items 2 --next-token three --query '[].name' -o tsv
