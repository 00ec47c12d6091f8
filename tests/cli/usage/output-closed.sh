sig gallery list >&-
