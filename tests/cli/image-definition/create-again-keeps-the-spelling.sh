sig gallery create prod >/dev/null
sig image-definition create prod/Ubuntu --os-type linux -p Acme -f Server -s LTS >before
sig image-definition create PROD/UBUNTU --os-type LINUX -p ACME -f SERVER -s lts >after
same before after
