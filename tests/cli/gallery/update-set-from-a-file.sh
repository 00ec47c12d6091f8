sig gallery create prod >/dev/null
printf 'tags.a=1\ntags.b=2\n' >changes
sig gallery update prod --set tags.c=3 --set @changes --remove tags.a --query tags
