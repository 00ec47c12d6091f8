sig gallery create prod --tags a=1 >/dev/null
sig gallery update prod --remove tags.a --set tags.b=2 --add tags c=3 d=4 --remove tags.c --set tags.a=5 --tags z=9 --query tags
