# A lock says that something is there, whatever a mount that is missing looks like.
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig lock create prod/ubuntu/1.0.0 --name keep --lock-type CanNotDelete -o none
mv store/galleries away && mkdir store/galleries
sig sweep --force
sig sweep --force --plan
rmdir store/galleries && mv away store/galleries
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
sig audit --query sound
