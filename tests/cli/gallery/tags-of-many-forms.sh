sig gallery create prod --tags b=2=3 a alone= 'two words=x y' ü=é >/dev/null
sig gallery show prod | sed -n '/tags/,/}/p'
