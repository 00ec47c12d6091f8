sig gallery create prod >/dev/null
sig gallery show other
