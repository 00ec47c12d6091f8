sig gallery create a >/dev/null && sig gallery create 7 >/dev/null
