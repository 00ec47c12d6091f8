sig gallery create prod >/dev/null
mkdir 'store/galleries/x;touch $(id)' "store/galleries/it's" 'store/galleries/two
lines' "store/galleries/$(printf 'es\033c')"
sig complete bash -- gallery show ""
sig complete zsh -- gallery show ""
sig complete fish -- gallery show ""
