sig gallery list -z
