sig gallery create 0aZ_.9 >/dev/null
