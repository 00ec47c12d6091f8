sig gallery create prod >/dev/null
sig gallery show ../galleries
