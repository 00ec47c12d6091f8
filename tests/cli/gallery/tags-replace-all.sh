sig gallery create prod --tags a=1 b=2 >/dev/null
sig gallery update prod --tags c=3 | sed -n '/tags/,/}/p'
