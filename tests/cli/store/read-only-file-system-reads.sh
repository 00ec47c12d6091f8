need_mounts
sig gallery create prod >/dev/null
mount --bind store store && mount -o remount,ro,bind store
cd store/galleries/prod && cd - >/dev/null
sig gallery list -o table && sig gallery show prod -o table
