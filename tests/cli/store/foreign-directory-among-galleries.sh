sig gallery create prod >/dev/null
mkdir store/galleries/lost+found
sig gallery list -o table
