sig gallery create prod -g images >/dev/null
sig gallery delete prod -g other && sig gallery list -o table
