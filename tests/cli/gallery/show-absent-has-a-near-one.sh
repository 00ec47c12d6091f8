sig gallery create production >/dev/null
sig gallery show prodution
