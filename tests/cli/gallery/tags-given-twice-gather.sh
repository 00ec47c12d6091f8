sig gallery create prod --tags a=1 --tags b=2 >/dev/null
sig gallery show prod | sed -n '/tags/,/}/p'
