sig gallery create prod -g images >/dev/null
sig gallery show prod -o table
