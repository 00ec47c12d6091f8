sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c >/dev/null
sig image-definition show --ids "$(sig image-definition show prod/ubuntu | sed -n 's/.*"id": "\(.*\)".*/\1/p')" -o table
