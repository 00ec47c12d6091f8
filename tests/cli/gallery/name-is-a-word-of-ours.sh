for name in new latest old lock images; do sig gallery create $name >/dev/null || exit; done
sig gallery list -o table
