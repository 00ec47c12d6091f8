sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p=_a.- --offer=-b_ -s=.c- >/dev/null
