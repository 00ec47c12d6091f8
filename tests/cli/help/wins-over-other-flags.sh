sig gallery create prod --description x --help >/dev/null && ls
