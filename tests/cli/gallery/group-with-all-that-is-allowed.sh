sig gallery create prod -g '(a)_-.9' >/dev/null
