sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c >/dev/null
sig image-definition show -g default -r prod -i ubuntu -o table
sig image-definition show --gallery-name prod --gallery-image-name ubuntu -o table
