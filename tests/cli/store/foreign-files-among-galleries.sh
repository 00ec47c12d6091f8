sig gallery create prod >/dev/null
touch store/galleries/README store/galleries/.DS_Store
sig gallery list -o table
