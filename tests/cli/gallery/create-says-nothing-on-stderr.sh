sig gallery create prod >/dev/null
