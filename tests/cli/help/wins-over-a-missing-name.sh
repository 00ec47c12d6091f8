sig gallery show --help >/dev/null
