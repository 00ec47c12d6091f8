sig gallery create prod --tags a=1 A=2 | sed -n '/tags/,/}/p'
