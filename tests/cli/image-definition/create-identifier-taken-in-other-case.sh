sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p Acme -f Server -s LTS >/dev/null
sig image-definition create prod/debian --os-type linux -p ACME -f server -s Lts
