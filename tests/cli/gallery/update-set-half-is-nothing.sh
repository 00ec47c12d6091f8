sig gallery create prod --description old >/dev/null
sig gallery update prod --description new --set tags.a=1 --set tags.b.c=2
sig gallery show prod --query '[description, tags]'
