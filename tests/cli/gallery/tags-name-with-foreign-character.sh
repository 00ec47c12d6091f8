for name in '<' '>' '%' '&' '\' '?' '/'; do sig gallery create prod --tags "a${name}b=1"; done
