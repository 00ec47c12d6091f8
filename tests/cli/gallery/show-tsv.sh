sig gallery create prod --description text --tags a=1 >/dev/null
sig gallery show prod -o tsv
