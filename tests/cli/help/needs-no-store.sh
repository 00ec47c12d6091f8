HOME= SIG_STORE= sig gallery list --help >/dev/null
