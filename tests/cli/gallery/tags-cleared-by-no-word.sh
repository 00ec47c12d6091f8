sig gallery create prod --tags a=1 >/dev/null
sig gallery update prod --tags | sed -n '/tags/,/}/p'
