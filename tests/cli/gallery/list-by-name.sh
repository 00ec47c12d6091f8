for name in b A c; do sig gallery create $name >/dev/null; done
sig gallery list -o table
