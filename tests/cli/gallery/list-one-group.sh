sig gallery create a -g images >/dev/null && sig gallery create b >/dev/null
sig gallery list -g IMAGES -o table
